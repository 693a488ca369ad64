import type { Random } from '@cellmixer/pixels';
import type { Calibration, Recipe, Sample } from '../contracts.ts';
import { drawGains } from './donor.ts';
import { addNoise, type NoiseTiles } from './noise.ts';
import { type Scene, UNDECIDED } from './scene.ts';

/** Share of samples that are warped; the others keep their pixels, as the pictures to be segmented do. */
const WARPED = 0.5;
/** Chances of each change of intensity. */
const CONTRASTED = 0.8;
const GAMMA = 0.4;
const BLURRED = 0.25;
const NOISY = 0.4;
/** Control points of the elastic field along a side. */
const KNOTS = 5;

/** Extra pixels on each side of a scene that will be warped. */
export function warpMargin(recipe: Recipe): number {
  const { rotation, scale, elastic } = recipe.augment;
  return rotation > 0 || scale > 0 || elastic > 0 ? 8 : 0;
}

export function drawsWarp(recipe: Recipe, random: Random): boolean {
  return random.next() < WARPED && warpMargin(recipe) > 0;
}

/** Reads the sample out of the larger scene: small rotation, scale and an elastic field in one pass. */
export function warp(scene: Scene, sample: Sample, recipe: Recipe, random: Random, finish: Finish): void {
  const { rotation, scale, elastic } = recipe.augment;
  const angle = (random.uniform(-rotation, rotation) * Math.PI) / 180;
  const zoom = Math.exp(random.uniform(-1, 1) * Math.log1p(scale));
  const cos = Math.cos(angle) / zoom;
  const sin = Math.sin(angle) / zoom;
  const knots = Float64Array.from({ length: 2 * KNOTS * KNOTS }, () => elastic * random.uniform(-1, 1));
  const side = sample.size;
  const area = side * side;
  const big = scene.size * scene.size;
  const centre = (side - 1) / 2;
  const middle = (scene.size - 1) / 2;
  const last = scene.size - 1;
  const { image } = scene;
  for (let y = 0; y < side; y++) {
    const ty = (y / side) * (KNOTS - 1);
    const ky = Math.floor(ty);
    const fy = ease(ty - ky);
    for (let x = 0; x < side; x++) {
      const tx = (x / side) * (KNOTS - 1);
      const kx = Math.floor(tx);
      const fx = ease(tx - kx);
      const k = 2 * (ky * KNOTS + kx);
      const w11 = fx * fy;
      const w10 = fy - w11;
      const w01 = fx - w11;
      const w00 = 1 - fx - fy + w11;
      const below = k + 2 * KNOTS;
      const ex = w00 * knots[k]! + w01 * knots[k + 2]! + w10 * knots[below]! + w11 * knots[below + 2]!;
      const ey =
        w00 * knots[k + 1]! + w01 * knots[k + 3]! + w10 * knots[below + 1]! + w11 * knots[below + 3]!;
      const dx = x - centre;
      const dy = y - centre;
      const sx = reflect(middle + cos * dx - sin * dy + ex, last);
      const sy = reflect(middle + sin * dx + cos * dy + ey, last);
      const o = y * side + x;
      const x0 = Math.min(last - 1, Math.floor(sx));
      const y0 = Math.min(last - 1, Math.floor(sy));
      const gx = sx - x0;
      const gy = sy - y0;
      const i = y0 * scene.size + x0;
      for (let c = 0; c < scene.channels; c++) {
        const s = c * big + i;
        const top = image[s]! + gx * (image[s + 1]! - image[s]!);
        const s2 = s + scene.size;
        const bottom = image[s2]! + gx * (image[s2 + 1]! - image[s2]!);
        sample.image[c * area + o] = top + gy * (bottom - top);
      }
      finish(scene, sample, Math.round(sy) * scene.size + Math.round(sx), o);
    }
  }
}

/** Writes one pixel's targets. */
export type Finish = (scene: Scene, sample: Sample, from: number, to: number) => void;

function ease(t: number): number {
  return t * t * (3 - 2 * t);
}

function reflect(at: number, last: number): number {
  const inside = at < 0 ? -at : at > last ? 2 * last - at : at;
  return Math.max(0, Math.min(last, inside));
}

/** The sample is the scene. */
export function copyScene(scene: Scene, sample: Sample, finish: Finish): void {
  sample.image.set(scene.image);
  for (let i = 0; i < scene.labels.length; i++) finish(scene, sample, i, i);
}

/**
 * Targets of a pixel: foreground 1 or 0 (½ and weight 0 where undecided); a type's share among those that cover
 * the pixel, or 1 for each of them under the rule `both`; weight with the class balance.
 */
export function finishTargets(types: number, exclusive: boolean, balance: readonly number[]): Finish {
  return (scene, sample, from, to) => {
    const label = scene.labels[from]!;
    if (label === 0) {
      sample.weight[to] = scene.weight[from]!;
      return;
    }
    if ((label & UNDECIDED) !== 0) {
      sample.foreground[to] = 0.5;
      return;
    }
    sample.foreground[to] = 1;
    const area = sample.size * sample.size;
    let sum = 0;
    let balanced = 0;
    for (let k = 0; k < types; k++) {
      if ((label & (1 << k)) === 0) continue;
      sum += scene.shares[k]!;
      balanced += scene.shares[k]! * balance[k]!;
    }
    for (let k = 0; k < types; k++) {
      if ((label & (1 << k)) !== 0) sample.types[k * area + to] = exclusive ? scene.shares[k]! / sum : 1;
    }
    sample.weight[to] = (scene.weight[from]! * balanced) / sum;
  };
}

/** Contrast, gamma on the ratio, blur and noise over the whole sample, drawn without regard to its types. */
export function changeIntensities(
  sample: Sample,
  calibration: Calibration,
  recipe: Recipe,
  tiles: NoiseTiles,
  random: Random,
): void {
  const { contrast, gamma, blur, noise } = recipe.augment;
  const area = sample.size * sample.size;
  const gains =
    contrast > 0 && random.next() < CONTRASTED ? drawGains(recipe, calibration.channels, random) : null;
  const power = gamma > 0 && random.next() < GAMMA ? Math.exp(random.uniform(-gamma, gamma)) : 1;
  const sigma = blur > 0 && random.next() < BLURRED ? random.uniform(0.3, Math.max(0.3, blur)) : 0;
  const grain = noise > 0 && random.next() < NOISY ? random.uniform(0, noise) : 0;
  for (let c = 0; c < calibration.channels; c++) {
    const plane = sample.image.subarray(c * area, (c + 1) * area);
    if (power !== 1) {
      // Fluorescence has no ratio; a scale of 1 bends bright cells as much as a ratio of 2 would be.
      const scale = calibration.modality === 'fluorescence' ? 1 : calibration.intensityScale[c]!;
      bend(plane, scale, power);
    }
    if (gains !== null) {
      const gain = gains[c]!;
      for (let i = 0; i < area; i++) plane[i]! *= gain;
    }
    if (sigma > 0) blurPlane(plane, sample.size, sigma);
    if (grain > 0) addNoise(plane, sample.size, grain, 0, tiles, random);
  }
}

/** ((1 + s·v)^γ − 1) / (s·γ): gamma on the ratio with slope 1 at the background, so that its noise stays. */
function bend(plane: Float32Array, scale: number, power: number): void {
  const divisor = 1 / (scale * power);
  for (let i = 0; i < plane.length; i++) {
    plane[i] = (Math.max(0.01, 1 + scale * plane[i]!) ** power - 1) * divisor;
  }
}

/** Gaussian of three taps a side, reflected at the edge; for σ ≤ 1. */
function blurPlane(plane: Float32Array, size: number, sigma: number): void {
  const k1 = Math.exp(-0.5 / (sigma * sigma));
  const k2 = Math.exp(-2 / (sigma * sigma));
  const sum = 1 + 2 * k1 + 2 * k2;
  const w0 = 1 / sum;
  const w1 = k1 / sum;
  const w2 = k2 / sum;
  const line = new Float32Array(size + 4);
  const along = (start: number, step: number) => {
    for (let i = 0; i < size; i++) line[i + 2] = plane[start + i * step]!;
    line[1] = line[2]!;
    line[0] = line[3]!;
    line[size + 2] = line[size + 1]!;
    line[size + 3] = line[size]!;
    for (let i = 0; i < size; i++) {
      plane[start + i * step] =
        w0 * line[i + 2]! + w1 * (line[i + 1]! + line[i + 3]!) + w2 * (line[i]! + line[i + 4]!);
    }
  };
  for (let y = 0; y < size; y++) along(y * size, 1);
  for (let x = 0; x < size; x++) along(x, size);
}
