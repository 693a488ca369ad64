import type { TrainingEvent } from '@cellmixer/cellmixer';
import { encodePng } from '@cellmixer/imaging';
import { type ClassMap, type FloatImage, overlay, type Rgb } from '@cellmixer/pixels';

type Samples = Extract<TrainingEvent, { kind: 'samples' }>;

/** One sample as PNG files: the picture, with its labels, with what was predicted. */
export interface DrawnSample {
  readonly picture: Uint8Array;
  readonly labels: Uint8Array;
  readonly prediction: Uint8Array | null;
}

/** Calibrated values that are shown black and white. */
export interface Contrast {
  readonly black: number;
  readonly white: number;
}

const SHOWN = 4;
/** Strength of the colours over a picture. */
const FILL = 0.35;

/** Draws the first samples of a batch as the network sees them. */
export async function drawSamples(
  { batch, found }: Samples,
  colours: readonly string[],
  contrast: Contrast,
): Promise<DrawnSample[]> {
  const { width, height, count } = batch;
  const size = width * height;
  const channels = batch.images.length / (count * size);
  const types = batch.types.length / (count * size);
  const palette = colours.map(rgbOf);
  const drawn: DrawnSample[] = [];
  for (let n = 0; n < Math.min(SHOWN, count); n++) {
    const image: FloatImage = {
      width,
      height,
      channels,
      data: batch.images.subarray(n * channels * size, (n + 1) * channels * size),
    };
    const part = (values: Float32Array, depth: number) =>
      values.subarray(n * depth * size, (n + 1) * depth * size);
    const draw = (map: Uint8Array) =>
      encodePng(overlay(image, { width, height, data: map } satisfies ClassMap, palette, FILL, contrast));
    const truth = classesOf(part(batch.foreground, 1), part(batch.types, types), types);
    const weight = part(batch.weight, 1);
    for (let i = 0; i < size; i++) if (weight[i] === 0) truth[i] = 255;
    drawn.push({
      picture: await draw(new Uint8Array(size)),
      labels: await draw(truth),
      prediction:
        found === null
          ? null
          : await draw(classesOf(part(found.foreground, 1), part(found.types, types), types)),
    });
  }
  return drawn;
}

/** Leaves out the darkest and the brightest half percent. */
export function contrastOf({ batch }: Samples): Contrast {
  const sorted = batch.images.toSorted();
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
  const black = at(0.005);
  return { black, white: Math.max(at(0.995), black + 1e-3) };
}

function classesOf(foreground: Float32Array, types: Float32Array, count: number): Uint8Array {
  const size = foreground.length;
  return Uint8Array.from({ length: size }, (_, i) => {
    if (foreground[i]! < 0.5) return 0;
    let best = 0;
    for (let k = 1; k < count; k++) if (types[k * size + i]! > types[best * size + i]!) best = k;
    return best + 1;
  });
}

function rgbOf(colour: string): Rgb {
  const value = Number.parseInt(colour.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}
