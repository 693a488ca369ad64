import { describe, expect, it } from 'vitest';
import { overlay, renderClassMap, typePalette } from './palette.ts';

describe('typePalette', () => {
  it('gives every type another colour, up to 28', () => {
    const colours = typePalette(28).map((rgb) => rgb.join());
    expect(new Set(colours).size).toBe(28);
    for (const rgb of typePalette(28))
      for (const v of rgb) expect(Number.isInteger(v) && v >= 0 && v < 256).toBe(true);
  });
  it('keeps the colours of the first types when more come', () => {
    expect(typePalette(12).slice(0, 3)).toEqual(typePalette(3));
  });
});

describe('renderClassMap', () => {
  it('shows background black, types in their colours, ignored grey', () => {
    const map = { width: 4, height: 1, data: Uint8Array.from([0, 1, 2, 255]) };
    const { data } = renderClassMap(map, [
      [10, 20, 30],
      [40, 50, 60],
    ]);
    expect([...data]).toEqual([0, 10, 40, 128, 0, 20, 50, 128, 0, 30, 60, 128]);
  });
});

describe('overlay', () => {
  const image = { width: 3, height: 1, channels: 1, data: Float32Array.from([0, 0.5, 1]) };
  it('blends colours by alpha over the stretched grey', () => {
    const labels = { width: 3, height: 1, data: Int32Array.from([0, 1, 3]) };
    const out = overlay(
      image,
      labels,
      [
        [255, 0, 0],
        [0, 0, 255],
      ],
      0.5,
      { white: 1 },
    );
    expect([...out.data]).toEqual([0, 191, 255, 0, 64, 128, 0, 64, 128]);
  });
  it('shows the bare picture at alpha 0', () => {
    const classes = { width: 3, height: 1, data: Uint8Array.from([1, 1, 255]) };
    const out = overlay(image, classes, typePalette(2), 0, { white: 1 });
    expect([...out.data]).toEqual([0, 128, 255, 0, 128, 255, 0, 128, 255]);
  });
  it('refuses a map of another size', () => {
    const labels = { width: 1, height: 3, data: new Int32Array(3) };
    expect(() => overlay(image, labels, typePalette(1), 1)).toThrow('map is 1×3 but image is 3×1');
  });
});
