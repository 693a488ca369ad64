import { createRandom, type FloatImage, gaussian, type Mask } from '@cellmixer/pixels';
import type { ImageSource, Modality } from '../../contracts.ts';

export interface DrawnPictureOptions {
  readonly modality: Modality;
  readonly seed: number;
  readonly size?: number;
  readonly cells?: number;
  readonly diameter?: number;
  /** Cells everywhere. */
  readonly confluent?: boolean;
  /** Native value of the background's middle. */
  readonly level?: number;
}

export interface DrawnPicture {
  readonly image: FloatImage;
  readonly truth: Mask;
  /** The background without noise and cells. */
  readonly light: FloatImage;
}

/** Round textured cells on an uneven, noisy background. Deterministic. */
export function drawPicture(options: DrawnPictureOptions): DrawnPicture {
  const { modality, seed, size = 192, cells = 12, diameter = 26, confluent = false, level = 128 } = options;
  const random = createRandom(seed);
  const truth = new Uint8Array(size * size).fill(confluent ? 1 : 0);
  for (let n = 0; n < cells && !confluent; n++) {
    const cx = random.uniform(0, size);
    const cy = random.uniform(0, size);
    const r = (diameter / 2) * random.uniform(0.85, 1.15);
    for (let y = 0; y < size; y++) {
      for (let x = 0; x < size; x++) {
        if ((x - cx) ** 2 + (y - cy) ** 2 <= r * r) truth[y * size + x] = 1;
      }
    }
  }
  const noisePlane = (sigma: number) => {
    const data = Float32Array.from({ length: size * size }, () => random.normal());
    return sigma === 0 ? data : gaussian({ width: size, height: size, data }, sigma).data;
  };
  const texture = noisePlane(1);
  // Cells differ in how textured they are, so a confluent picture has no narrow population.
  const strength = noisePlane(12);
  const grain = noisePlane(0);
  const channels = modality === 'stained' ? 3 : 1;
  const data = new Float32Array(size * size * channels);
  const light = new Float32Array(size * size * channels);
  for (let c = 0; c < channels; c++) {
    const absorbed = [0.2, 0.45, 0.15][c]!;
    for (let i = 0; i < size * size; i++) {
      const x = (i % size) / size - 0.5;
      const y = Math.floor(i / size) / size - 0.5;
      const lit = level * (1 + 0.25 * x - 0.2 * y * y);
      const o = c * size * size + i;
      light[o] = lit;
      const inside = truth[i]!;
      const cell =
        modality === 'transmitted'
          ? inside * 0.5 * texture[i]! * Math.exp(20 * strength[i]!)
          : inside * (1 + 0.3 * texture[i]!);
      if (modality === 'transmitted') data[o] = lit * (1 + cell + 0.008 * grain[i]!);
      else if (modality === 'stained') data[o] = lit * (Math.exp(-absorbed * cell) + 0.008 * grain[i]!);
      else data[o] = lit * (1 + 6 * cell + 0.05 * grain[i]!);
    }
  }
  const image = { width: size, height: size, channels, data };
  return { image, truth: { width: size, height: size, data: truth }, light: { ...image, data: light } };
}

export function sourceOf(name: string, image: FloatImage, pixelSizeUm: number | null = null): ImageSource {
  const { width, height, channels } = image;
  return {
    id: name,
    name,
    width,
    height,
    channels,
    maxValue: 255,
    pixelSizeUm,
    sample: null,
    read: async () => ({ ...image, data: image.data.slice() }),
  };
}

/** Intersection over union of two masks. */
export function overlapOf(a: Mask, b: Mask): number {
  let both = 0;
  let either = 0;
  for (let i = 0; i < a.data.length; i++) {
    both += a.data[i]! & b.data[i]!;
    either += a.data[i]! | b.data[i]!;
  }
  return either === 0 ? 1 : both / either;
}
