import { describe, expect, it } from 'vitest';
import { overlay, renderClassMap, typePalette } from './palette.ts';

/** How linear RGB looks with a missing kind of cone (Machado, Oliveira and Fernandes 2009, severity 1). */
const DEFICIENCIES: ReadonlyMap<string, readonly number[]> = new Map([
  ['all cones', [1, 0, 0, 0, 1, 0, 0, 0, 1]],
  [
    'protanopia',
    [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  ],
  [
    'deuteranopia',
    [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  ],
  ['tritanopia', [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039]],
]);
const RGB_TO_XYZ = [
  0.4124564, 0.3575761, 0.1804375, 0.2126729, 0.7151522, 0.072175, 0.0193339, 0.119192, 0.9503041,
];

function times(matrix: readonly number[], v: readonly number[]): number[] {
  return [0, 3, 6].map((o) => matrix[o]! * v[0]! + matrix[o + 1]! * v[1]! + matrix[o + 2]! * v[2]!);
}

function labOf(rgb: readonly number[], deficiency: readonly number[]): number[] {
  const linear = rgb.map((v) => (v > 10.31 ? ((v / 255 + 0.055) / 1.055) ** 2.4 : v / 255 / 12.92));
  const shown = times(deficiency, linear).map((v) => Math.min(1, Math.max(0, v)));
  const xyz = times(RGB_TO_XYZ, shown);
  const f = [0.95047, 1, 1.08883].map((white, c) => {
    const t = xyz[c]! / white;
    return t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116;
  });
  return [116 * f[1]! - 16, 500 * (f[0]! - f[1]!), 200 * (f[1]! - f[2]!)];
}

describe('typePalette', () => {
  it('gives every type another colour, up to 28', () => {
    const colours = typePalette(28).map((rgb) => rgb.join());
    expect(new Set(colours).size).toBe(28);
    for (const rgb of typePalette(28))
      for (const v of rgb) expect(Number.isInteger(v) && v >= 0 && v < 256).toBe(true);
  });
  it.each([...DEFICIENCIES])('keeps seven types apart by at least 12 in CIELAB: %s', (_, matrix) => {
    const seen = typePalette(7).map((rgb) => labOf(rgb, matrix));
    for (let i = 0; i < 7; i++) {
      for (let j = 0; j < i; j++) {
        const distance = Math.hypot(...seen[i]!.map((v, c) => v - seen[j]![c]!));
        expect(distance).toBeGreaterThan(12);
      }
    }
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
