import { createRandom, type Trimap } from '@cellmixer/pixels';
import type { Calibration, PreparedImage, Recipe } from '../contracts.ts';
import { cellmixerRecipe } from './recipes.ts';

/** Prepared pictures for tests: round cells of one grey level on noisy background, exactly known. */
export interface DrawnCulture {
  readonly type: number;
  readonly pictures?: number;
  readonly width?: number;
  readonly height?: number;
  readonly cells?: number;
  readonly radius?: number;
  /** Calibrated value inside the cells, one a channel. */
  readonly value?: readonly number[];
  /** σ of the background's white noise. */
  readonly noise?: number;
}

export const drawnCalibration: Calibration = {
  modality: 'transmitted',
  channels: 1,
  cellDiameterPx: 24,
  workingScale: 1,
  pixelSizeUm: null,
  intensityScale: [0.5],
  noise: 0.03,
};

/** Everything that changes pixel values is off, so that what was drawn can be found again. */
export const plainRecipe: Recipe = {
  ...cellmixerRecipe('transmitted'),
  cropSize: 96,
  haloPx: 5,
  splitClumps: 0,
  levelNoise: false,
  augment: { flips: true, rotation: 0, scale: 0, contrast: 0, gamma: 0, blur: 0, noise: 0, elastic: 0 },
};

export function only(mode: keyof Recipe['modes'], recipe: Recipe = plainRecipe): Recipe {
  const none = { paste: 0, overlay: 0, mixup: 0, juxtapose: 0, pure: 0 };
  return { ...recipe, modes: { ...none, [mode]: 1 } };
}

export function drawPictures(culture: DrawnCulture): PreparedImage[] {
  return Array.from({ length: culture.pictures ?? 2 }, (_, n) => drawPicture(culture, n));
}

function drawPicture(culture: DrawnCulture, n: number): PreparedImage {
  const { type, width = 160, height = 140, cells = 14, radius = 9, value = [1], noise = 0 } = culture;
  const random = createRandom(`${type}/${n}`);
  const area = width * height;
  const trimap: Trimap = { width, height, data: new Uint8Array(area) };
  const data = new Float32Array(value.length * area);
  for (let i = 0; i < data.length; i++) data[i] = noise > 0 ? noise * random.normal() : 0;
  for (let cell = 0; cell < cells; cell++) {
    const cx = random.uniform(radius + 4, width - radius - 4);
    const cy = random.uniform(radius + 4, height - radius - 4);
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const distance = Math.hypot(x - cx, y - cy);
        const i = y * width + x;
        if (distance < radius) {
          trimap.data[i] = 1;
          value.forEach((v, c) => {
            data[c * area + i] = v;
          });
        } else if (distance < radius + 1.5 && trimap.data[i] === 0) trimap.data[i] = 255;
      }
    }
  }
  return {
    id: `${type}/${n}`,
    name: `type ${type} picture ${n}`,
    sample: null,
    type,
    image: { width, height, channels: value.length, data },
    trimap,
    quality: { coverage: 0.2, objects: cells, agreement: 1, contrast: 10, confluent: false, warnings: [] },
  };
}
