import { describe, expect, it } from 'vitest';
import { readFixture } from '../fixtures/read-fixture.ts';
import { connectedComponents } from './components.ts';
import { clearBorder, fillHoles, removeSmallObjects } from './holes-and-objects.ts';

describe.each([...readFixture('components')])('components as SciPy: %s', (_, fixture) => {
  const mask = fixture.mask('mask');
  it('numbers parts joined over edges as scipy.ndimage.label', () => {
    const { labels, count } = connectedComponents(mask, 4);
    expect(labels.data).toEqual(fixture.labels('four').data);
    expect(count).toBe(labels.data.reduce((a, b) => Math.max(a, b), 0));
  });
  it('numbers parts joined over corners as well', () => {
    expect(connectedComponents(mask).labels.data).toEqual(fixture.labels('eight').data);
  });
  it('fills holes', () => {
    expect(fillHoles(mask).data).toEqual(fixture.mask('filled').data);
  });
  it('fills holes up to six pixels', () => {
    expect(fillHoles(mask, 6).data).toEqual(fixture.mask('filled6').data);
  });
  it('removes objects below five pixels', () => {
    expect(removeSmallObjects(mask, 5).data).toEqual(fixture.mask('objects5').data);
  });
  it('clears labels on the border', () => {
    expect(clearBorder(fixture.labels('eight')).data).toEqual(fixture.labels('cleared').data);
  });
});
