import {
  distanceTransform,
  gaussian,
  type LabelMap,
  type Plane,
  type Random,
  type Raster,
} from '@cellmixer/pixels';
import { cellTexture } from './cell-texture.ts';
import type { DemoLine } from './demo-line.ts';
import type { Layout } from './place-cells.ts';

/** What differs from well to well, by the same chances for every line. */
export interface Exposure {
  /** Grey level of the empty ground. */
  readonly background: number;
  /** Factor on everything that a cell does to the light. */
  readonly contrast: number;
  /** σ of the camera's noise, grey levels. */
  readonly noise: number;
  /** Relative change of the light from the middle to the right edge, the lower edge and the corners. */
  readonly tilt: readonly [x: number, y: number, corner: number];
}

export function drawExposure(random: Random): Exposure {
  return {
    background: random.uniform(120, 136),
    contrast: Math.exp(0.1 * random.normal()),
    noise: 3.2 * Math.exp(0.12 * random.normal()),
    tilt: [random.uniform(-0.06, 0.06), random.uniform(-0.06, 0.06), random.uniform(-0.08, 0)],
  };
}

/** Grey levels at contrast 1. A dark rim and a bright halo of about the same sum, so that outlines of any length leave the mean alone. */
const RIM = -38;
const RIM_WIDTH = 1.6;
const HALO = 20;
const HALO_WIDTH = 3.4;
const INSIDE = -3;

/** Rims add to the contrast of a cell; a line with longer outlines has that much less inside. */
const TEXTURE: Readonly<Record<DemoLine, number>> = { cobble: 16.5, spindle: 13.5, star: 12.5 };

/** Takes a phase-contrast-like picture of cells: grey levels 0…255. */
export function takePicture(layout: Layout, exposure: Exposure, random: Random): Raster<Uint8Array> {
  const { width, height } = layout.instances;
  const signal = gaussian(cellSignal(layout, random), 0.7);
  const data = new Uint8Array(width * height);
  const [tiltX, tiltY, corner] = exposure.tilt;
  for (let y = 0; y < height; y++) {
    const relativeY = (2 * y) / height - 1;
    for (let x = 0; x < width; x++) {
      const relativeX = (2 * x) / width - 1;
      const vignette = corner * 0.5 * (relativeX * relativeX + relativeY * relativeY);
      const light = 1 + tiltX * relativeX + tiltY * relativeY + vignette;
      const cell = exposure.contrast * signal.data[y * width + x]!;
      const value = light * (exposure.background + cell) + exposure.noise * random.normal();
      data[y * width + x] = Math.max(0, Math.min(255, Math.round(value)));
    }
  }
  return { width, height, channels: 1, data };
}

/** What the cells do to the light, grey levels at contrast 1. */
function cellSignal({ instances, cells }: Layout, random: Random): Plane {
  const { width, height, data: labels } = instances;
  const inside = distanceTransform(interiorOf(instances)).data;
  const outside = distanceTransform(groundOf(instances)).data;
  const strength = cells.map(() => Math.exp(0.12 * random.normal()));
  const data = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      const cell = cells[labels[i]! - 1];
      if (cell === undefined) {
        data[i] = HALO * Math.exp((0.5 - outside[i]!) / HALO_WIDTH);
        continue;
      }
      const dx = x - cell.x;
      const dy = y - cell.y;
      const u = cell.cosine * dx + cell.sine * dy;
      const v = cell.cosine * dy - cell.sine * dx;
      const depth = inside[i]!;
      const texture =
        TEXTURE[cell.line] * Math.min(1, depth / 2) * cellTexture(cell.line, cell.typical, u, v, cell.label);
      data[i] = RIM * Math.exp(-depth / RIM_WIDTH) + strength[cell.label - 1]! * (INSIDE + texture);
    }
  }
  return { width, height, data };
}

/** 1 where all four neighbours belong to the same cell: what is left is the cells' own borders. */
function interiorOf({ width, height, data }: LabelMap) {
  const mask = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      const label = data[i]!;
      if (label === 0) continue;
      const same =
        (x === 0 || data[i - 1] === label) &&
        (x === width - 1 || data[i + 1] === label) &&
        (y === 0 || data[i - width] === label) &&
        (y === height - 1 || data[i + width] === label);
      mask[i] = same ? 1 : 0;
    }
  }
  return { width, height, data: mask };
}

function groundOf({ width, height, data }: LabelMap) {
  return { width, height, data: Uint8Array.from(data, (label) => (label === 0 ? 1 : 0)) };
}
