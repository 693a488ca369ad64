import { describe, expect, it } from 'vitest';
import { flags, regionsOf } from './regions.ts';

describe('regionsOf', () => {
  it('tells cells of no class from background', () => {
    const classes = Uint8Array.of(0, 0, 2, 255, 255);
    expect(regionsOf(classes, Uint16Array.of(0, 7, 8, 9, 0))).toEqual(Uint8Array.of(0, 255, 2, 255, 0));
    expect(regionsOf(classes, null)).toEqual(Uint8Array.of(0, 0, 2, 0, 0));
    expect(regionsOf(null, null)).toBeNull();
  });
});

describe('flags', () => {
  it('sets one bit for each number', () => {
    expect(flags([0, 33, 255])).toEqual(Uint32Array.of(1, 2, 0, 0, 0, 0, 0, 0x8000_0000));
  });
});
