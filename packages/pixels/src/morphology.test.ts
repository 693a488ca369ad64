import { describe, expect, it } from 'vitest';
import { blobMask } from '../fixtures/random-pictures.ts';
import { type FixtureCase, readFixture } from '../fixtures/read-fixture.ts';
import { close, dilate, erode, open } from './morphology.ts';

const WIDTH = 83;
const HEIGHT = 60;

function unpacked(fixture: FixtureCase, key: string): Uint8Array {
  const bytes = fixture.array(key).data;
  return Uint8Array.from({ length: WIDTH * HEIGHT }, (_, i) => (bytes[i >> 3]! >> (7 - (i & 7))) & 1);
}

describe.each([...readFixture('morphology')])('morphology with the disk, as SciPy: %s', (_, fixture) => {
  const mask = { width: WIDTH, height: HEIGHT, data: unpacked(fixture, 'mask') };
  const radius = fixture.number('radius');
  it('dilates', () => expect(dilate(mask, radius).data).toEqual(unpacked(fixture, 'dilated')));
  it('erodes', () => expect(erode(mask, radius).data).toEqual(unpacked(fixture, 'eroded')));
  it('opens', () => expect(open(mask, radius).data).toEqual(unpacked(fixture, 'opened')));
  it('closes', () => expect(close(mask, radius).data).toEqual(unpacked(fixture, 'closed')));
});

describe('morphology', () => {
  it('changes nothing at radius 0 and below 1', () => {
    const mask = blobMask(20, 17, 2, 5);
    for (const change of [dilate, erode, open, close]) {
      expect(change(mask, 0).data).toEqual(mask.data);
      expect(change(mask, 0.9).data).toEqual(mask.data);
    }
  });
  it('closing adds only, opening removes only, and doing it again changes nothing', () => {
    const mask = blobMask(90, 70, 2, 'idempotent');
    const closed = close(mask, 4.5);
    const opened = open(mask, 4.5);
    expect(mask.data.every((v, i) => v <= closed.data[i]! && v >= opened.data[i]!)).toBe(true);
    expect(close(closed, 4.5).data).toEqual(closed.data);
    expect(open(opened, 4.5).data).toEqual(opened.data);
  });
  it.each([1, 31, 32, 33, 64, 70])(
    'is the disk by definition at width %d, with any value above 0 as set',
    (width) => {
      const height = 23;
      const mask = blobMask(width, height, 1, width);
      const loud = { ...mask, data: mask.data.map((v) => (v === 1 ? 200 : 0)) };
      for (const radius of [1, 2.3, 6, 17]) {
        const expected = new Uint8Array(width * height);
        for (let i = 0; i < expected.length; i++) {
          for (let j = 0; j < expected.length; j++) {
            const dx = (i % width) - (j % width);
            const dy = Math.floor(i / width) - Math.floor(j / width);
            if (mask.data[j] === 1 && dx * dx + dy * dy <= radius * radius) expected[i] = 1;
          }
        }
        expect(dilate(loud, radius).data).toEqual(expected);
      }
    },
  );
  it('fills the picture from one pixel when the radius is beyond it', () => {
    const data = new Uint8Array(12);
    data[5] = 1;
    expect([...dilate({ width: 4, height: 3, data }, 1e6).data]).toEqual(Array(12).fill(1));
  });
});
