import { describe, expect, it } from 'vitest';
import { readLink, writeLink } from './view-link.ts';
import { usualMaps, usualView, type ViewState } from './view-state.ts';

const view: ViewState = {
  camera: { x: 4000.5, y: 12.1, zoom: -1.25 },
  channels: [
    { shown: true, colour: '#00FF00', contrast: { black: 120, white: 4095 }, gamma: 0.8 },
    { shown: false, colour: '#FF00FF', contrast: null, gamma: 1 },
    { shown: true, colour: '#FFFFFF', contrast: { black: -0.125, white: 0.000_25 }, gamma: 1 },
  ],
  classes: [
    { shown: true, opacity: 0.35 },
    { shown: false, opacity: 0.6 },
  ],
  maps: { ...usualMaps, style: 'outlines', instances: true, comparison: 'swipe', swipe: 0.25 },
};

describe('a view’s link', () => {
  it('brings everything back', () => {
    expect(readLink(writeLink(view))).toEqual(view);
  });

  it('is empty for the usual view', () => {
    expect(writeLink(usualView)).toBe('');
    expect(readLink('')).toEqual(usualView);
  });

  it('passes an address’s query as it is', () => {
    const link = writeLink(view);
    expect(encodeURIComponent(link)).toBe(link);
    expect(new URLSearchParams({ v: link }).toString()).toBe(`v=${link}`);
  });

  it.each(['x', 'c1_2', 'cNaN_1_1', 'p1_red_1_2', 'k0_1_0', 'k999_1_0', 'm9', '***', 'p1_00FF00_9_3_-1'])(
    'takes "%s" without failing',
    (link) => {
      const read = readLink(link);
      expect(read.camera).toBeNull();
      expect(read.maps).toEqual(usualMaps);
      expect(read.channels.every(({ contrast, gamma }) => contrast === null && gamma === 1)).toBe(true);
    },
  );
});
