import type { CalibratedSource } from '@cellmixer/cellmixer';
import { drawMixture } from '@cellmixer/demo-cultures';
import { calibrateDemo } from './brief-model.ts';

const PATTERN = 1024;

/**
 * A picture of any size: a drawn mixture of three lines, mirrored on and on so that it has no seams. Kept as the 8
 * bits of a camera and calibrated region by region, as a picture that is larger than memory would be.
 */
export function largePicture(width: number, height: number): CalibratedSource {
  const { image } = drawMixture({
    well: 50,
    field: 1,
    seed: 1,
    width: PATTERN,
    height: PATTERN,
    fractions: { cobble: 1, spindle: 1, star: 1 },
  });
  const stored = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const row = mirror(y) * PATTERN;
    for (let x = 0; x < width; x++) stored[y * width + x] = image.data[row + mirror(x)]!;
  }
  const calibrated = Float32Array.from({ length: 256 }, (_, value) => calibrateDemo(value));
  return {
    width,
    height,
    channels: 1,
    readRegion: (x, y, regionWidth, regionHeight) => {
      const data = new Float32Array(regionWidth * regionHeight);
      for (let row = 0; row < regionHeight; row++) {
        const from = (y + row) * width + x;
        for (let column = 0; column < regionWidth; column++) {
          data[row * regionWidth + column] = calibrated[stored[from + column]!]!;
        }
      }
      return { width: regionWidth, height: regionHeight, channels: 1, data };
    },
  };
}

function mirror(position: number): number {
  const at = position % (2 * PATTERN);
  return at < PATTERN ? at : 2 * PATTERN - 1 - at;
}
