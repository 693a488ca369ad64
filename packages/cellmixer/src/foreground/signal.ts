import { type FloatImage, gaussian, type Plane, planeOf } from '@cellmixer/pixels';
import { quantileOf, sampleSorted } from './sample-values.ts';

/** The channels that show cells: green of a stained RGB picture (blood and nuclei absorb it most), else all. */
export function signalChannels(image: FloatImage, modality: 'stained' | 'fluorescence'): number[] {
  if (modality === 'stained' && image.channels === 3) return [1];
  return Array.from({ length: image.channels }, (_, c) => c);
}

/** A thousandth of the bright end of a picture: keeps ratios finite in black pixels and corners. */
export function leastLight(image: FloatImage): number {
  return Math.max(1e-12, 0.001 * quantileOf(sampleSorted(image.data, image.width), 0.98));
}

/**
 * What cells add to the background, > 0 inside cells: optical density −ln(value ÷ light), the mean over the
 * channels; in fluorescence value − light, the sum over the channels. Blurred by one pixel.
 */
export function signalOf(image: FloatImage, light: FloatImage, modality: 'stained' | 'fluorescence'): Plane {
  const { width, height, channels } = image;
  const data = new Float32Array(width * height);
  const least = modality === 'stained' ? leastLight(image) : 0;
  for (let c = 0; c < channels; c++) {
    const values = planeOf(image, c).data;
    const lit = planeOf(light, c).data;
    if (modality === 'fluorescence') {
      for (let i = 0; i < data.length; i++) data[i]! += values[i]! - lit[i]!;
    } else {
      for (let i = 0; i < data.length; i++) {
        const v = values[i]!;
        data[i]! -= Math.log((v > least ? v : least) / lit[i]!) / channels;
      }
    }
  }
  return gaussian({ width, height, data }, 1);
}

/** The same of the channels that show cells. */
export function cellSignal(
  image: FloatImage,
  light: FloatImage,
  modality: 'stained' | 'fluorescence',
): Plane {
  const channels = signalChannels(image, modality);
  return signalOf(pickChannels(image, channels), pickChannels(light, channels), modality);
}

export function pickChannels(image: FloatImage, channels: readonly number[]): FloatImage {
  if (channels.length === image.channels) return image;
  const size = image.width * image.height;
  const data = new Float32Array(size * channels.length);
  for (const [i, c] of channels.entries()) data.set(planeOf(image, c).data, i * size);
  return { ...image, channels: channels.length, data };
}
