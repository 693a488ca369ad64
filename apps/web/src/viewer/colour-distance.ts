/** How people without the red or the green cones see linear RGB (Machado, Oliveira and Fernandes 2009, severity 1). */
const eyes: readonly (readonly number[])[] = [
  [1, 0, 0, 0, 1, 0, 0, 0, 1],
  [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
];

/**
 * How far two colours (`#RRGGBB`) are apart for those who see them closest: the smallest Euclidean distance in OKLab
 * (Ottosson 2020) over common, protan and deutan vision. 0 the same … about 1 black and white.
 */
export function distanceForAllEyes(a: string, b: string): number {
  return Math.min(
    ...eyes.map((eye) => {
      const [p, q] = [okLab(seenBy(eye, linear(a))), okLab(seenBy(eye, linear(b)))];
      return Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]);
    }),
  );
}

type Triple = readonly [number, number, number];

function linear(hex: string): Triple {
  const value = Number.parseInt(hex.slice(1), 16);
  const part = (shift: number): number => {
    const v = ((value >> shift) & 255) / 255;
    return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  };
  return [part(16), part(8), part(0)];
}

function seenBy(m: readonly number[], [r, g, b]: Triple): Triple {
  const row = (i: number): number => Math.min(1, Math.max(0, m[i]! * r + m[i + 1]! * g + m[i + 2]! * b));
  return [row(0), row(3), row(6)];
}

function okLab([r, g, b]: Triple): Triple {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}
