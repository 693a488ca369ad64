import { createRandom, type FloatImage, type LabelMap } from '@cellmixer/pixels';
import type { Predictor } from '../contracts.ts';

/** For tests: discs of value 1…types on a background of 0, each a cell; they touch but do not overlap. */
export interface DiscPicture {
  readonly image: FloatImage;
  readonly truth: LabelMap;
  /** Type 1…K of each label, from index 1. */
  readonly typeOf: readonly number[];
}

export function drawDiscs(options: {
  readonly width: number;
  readonly height: number;
  readonly count: number;
  readonly types: number;
  readonly seed: number;
  readonly diameter?: number;
}): DiscPicture {
  const { width, height, count, types, seed } = options;
  const random = createRandom(seed);
  const data = new Float32Array(width * height);
  const labels = new Int32Array(width * height);
  const typeOf = [0];
  const placed: { x: number; y: number; r: number }[] = [];
  for (let attempt = 0; placed.length < count && attempt < count * 20; attempt++) {
    const r = ((options.diameter ?? 27) / 2) * random.uniform(0.8, 1.2);
    const x = random.uniform(0, width);
    const y = random.uniform(0, height);
    if (placed.some((other) => Math.hypot(other.x - x, other.y - y) < other.r + r)) continue;
    placed.push({ x, y, r });
    const type = 1 + random.integer(types);
    typeOf.push(type);
    for (let py = Math.max(0, Math.floor(y - r)); py < Math.min(height, y + r + 1); py++) {
      for (let px = Math.max(0, Math.floor(x - r)); px < Math.min(width, x + r + 1); px++) {
        if (Math.hypot(px - x, py - y) > r) continue;
        data[py * width + px] = type;
        labels[py * width + px] = placed.length;
      }
    }
  }
  return {
    image: { width, height, channels: 1, data },
    truth: { width, height, data: labels },
    typeOf,
  };
}

/** For tests: reads foreground and type straight from a disc picture's values, as a network without fault would. */
export function discPredictor(types: number, multiple = 16): Predictor & { readonly calls: number[][] } {
  const calls: number[][] = [];
  return {
    inputChannels: 1,
    types,
    multiple,
    calls,
    async predict(images, count, height, width) {
      calls.push([count, height, width]);
      const foreground = images.map((value) => (value > 0 ? 0.95 : 0.05));
      const probabilities = new Float32Array(types * images.length);
      for (let i = 0; i < images.length; i++) {
        for (let k = 0; k < types; k++) {
          const right = Math.round(images[i]!) === k + 1;
          probabilities[k * images.length + i] = right ? 0.8 : 0.2 / Math.max(1, types - 1);
        }
      }
      return { foreground, types: probabilities };
    },
  };
}
