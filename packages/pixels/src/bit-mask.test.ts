import { describe, expect, it } from 'vitest';
import { blobMask } from '../fixtures/random-pictures.ts';
import { packMask, unpackMask } from './bit-mask.ts';
import { close, dilateBits, erodeBits } from './morphology.ts';

describe('packMask', () => {
  it.each([1, 5, 31, 32, 33, 100])('comes back unchanged at width %d', (width) => {
    const mask = blobMask(width, 9, 1, width);
    expect(unpackMask(packMask(mask))).toEqual(mask);
  });
  it('takes any value above 0 for set, and a view that begins anywhere', () => {
    const data = Uint8Array.of(9, 0, 128, 255, 0, 1, 127).subarray(1);
    expect([...unpackMask(packMask({ width: 3, height: 2, data })).data]).toEqual([0, 1, 1, 0, 1, 1]);
  });
  it('lets steps follow each other without unpacking', () => {
    const mask = blobMask(77, 50, 2, 'steps');
    expect(unpackMask(erodeBits(dilateBits(packMask(mask), 3), 3))).toEqual(close(mask, 3));
  });
  it('leaves its input alone', () => {
    const bits = packMask(blobMask(40, 20, 2, 'alone'));
    const before = bits.words.slice();
    erodeBits(bits, 2);
    expect(bits.words).toEqual(before);
  });
});
