import { describe, expect, it } from 'vitest';
import { imageJPixelSize, parseImageJ } from './imagej-description.ts';

describe("ImageJ's description", () => {
  it('gives channels, slices and frames', () => {
    expect(parseImageJ('ImageJ=1.53t\nimages=12\nchannels=2\nslices=3\nframes=2\nhyperstack=true\n')).toEqual(
      {
        images: 12,
        channels: 2,
        slices: 3,
        frames: 2,
        unit: '',
        frameSeconds: null,
      },
    );
  });

  it('takes the planes of a plain stack as slices', () => {
    expect(parseImageJ('ImageJ=1.53t\nimages=7\n')).toMatchObject({ images: 7, slices: 7, frames: 1 });
    expect(parseImageJ('ImageJ=1.53t\nimages=7\nframes=7')).toMatchObject({ slices: 1, frames: 7 });
  });

  it.for([
    ['finterval=900', 900],
    ['finterval=15\ntunit=min', 900],
    ['finterval=0', null],
    ['finterval=3\ntunit=pixels', null],
    ['fps=7', null],
  ] as const)('%s is %d seconds from frame to frame', ([line, expected]) => {
    expect(parseImageJ(`ImageJ=1.53t\nframes=2\n${line}\n`)?.frameSeconds).toBe(expected);
  });

  it.for([
    ['\\u00B5m', 4, 0.25],
    ['micron', 4, 0.25],
    ['um', 4, 0.25],
    ['nm', 0.004, 0.25],
    ['cm', 40_000, 0.25],
    ['inch', 96, null],
    ['pixel', 1, null],
    ['um', 0, null],
  ] as const)('%s with a resolution of %d', ([unit, resolution, expected]) => {
    const stack = parseImageJ(`ImageJ=1.53t\nunit=${unit}\n`);
    const size = stack && imageJPixelSize(stack, resolution);
    if (expected === null) expect(size).toBeNull();
    else expect(size).toBeCloseTo(expected, 12);
  });
});
