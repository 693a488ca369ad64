import { CellMixerError } from '@cellmixer/errors';
import { type FloatImage, gaussian, type Plane } from '@cellmixer/pixels';

/** Unit optical densities of haematoxylin, eosin and the rest in R, G, B (Ruifrok and Johnston 2001). */
const HAEMATOXYLIN = [0.65, 0.7, 0.29] as const;
const EOSIN = [0.07, 0.99, 0.11] as const;

/**
 * Density of the nuclear stain (haematoxylin) in each pixel, by colour deconvolution with the vectors of Ruifrok
 * and Johnston 2001 against the picture's own light. Blurred by one pixel.
 *
 * @throws CellMixerError INVALID_ARGUMENT unless the picture has three channels.
 */
export function stainSignal(image: FloatImage, light: FloatImage): Plane {
  const { width, height, channels } = image;
  if (channels !== 3) {
    throw new CellMixerError(
      'INVALID_ARGUMENT',
      `feature "stain" needs 3 colour channels, the picture has ${channels}`,
      {
        cure: 'Choose the feature "intensity".',
      },
    );
  }
  const size = width * height;
  const [a, b] = leastSquaresRow();
  const data = new Float32Array(size);
  for (let i = 0; i < size; i++) {
    let density = 0;
    for (let c = 0; c < 3; c++) {
      const v = image.data[c * size + i]!;
      const l = light.data[c * size + i]!;
      const od = -Math.log(Math.max(v, 1e-3 * l) / l);
      density += od * (a * HAEMATOXYLIN[c]! + b * EOSIN[c]!);
    }
    data[i] = density;
  }
  return gaussian({ width, height, data }, 1);
}

/** Haematoxylin's row of the pseudo-inverse, as weights of the two vectors. */
function leastSquaresRow(): [number, number] {
  const dot = (p: readonly number[], q: readonly number[]) => p[0]! * q[0]! + p[1]! * q[1]! + p[2]! * q[2]!;
  const hh = dot(HAEMATOXYLIN, HAEMATOXYLIN);
  const he = dot(HAEMATOXYLIN, EOSIN);
  const ee = dot(EOSIN, EOSIN);
  const det = hh * ee - he * he;
  return [ee / det, -he / det];
}
