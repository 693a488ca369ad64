import type { Random } from '@cellmixer/pixels';
import type { Recipe } from '../contracts.ts';
import { BOX, smooth } from './clumps.ts';
import { cutPart, type Part } from './cut-part.ts';
import { backgroundAt } from './local-background.ts';
import { missingNoise, NO_NOISE, type NoiseLevel } from './noise.ts';
import { pickBySums } from './random-choice.ts';
import type { Stock, StockPicture } from './stock.ts';

/** A clump, or a part of one, turned and scaled, ready to be placed. Reused: valid until the next is cut. */
export interface Donor {
  type: number;
  width: number;
  height: number;
  /** 0…1 per pixel, soft border. */
  alpha: Float32Array;
  /** 0 outside, 1 sure cell, 2 undecided. */
  state: Uint8Array;
  /** [C, height × width]: deviation from the donor's own local background, gained. */
  image: Float32Array;
  /** Sure and undecided pixels. */
  area: number;
  confidence: number;
  /** What its pixels miss to the run's noise. */
  missing: NoiseLevel;
}

export function createDonor(): Donor {
  return {
    type: 0,
    width: 0,
    height: 0,
    alpha: new Float32Array(0),
    state: new Uint8Array(0),
    image: new Float32Array(0),
    area: 0,
    confidence: 1,
    missing: NO_NOISE,
  };
}

/** White noise keeps (2/3)² of its variance, on average, when it is read between pixels bilinearly. */
const INTERPOLATED = 2 / 3;
/** Share of donors that are only turned by quarters and mirrored, their pixels untouched. */
const EXACT = 0.4;
/** Share of donors that are blurred. */
const BLURRED = 0.3;

interface Transform {
  /** Source = centre + matrix × (output − output's centre). */
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
  readonly exact: boolean;
}

/**
 * Draws a clump of the type and cuts it out, each time mirrored, turned, scaled, gained and blurred anew.
 *
 * @param largest side that a whole clump may have; larger ones are cut to a part
 */
export function drawDonor(
  donor: Donor,
  stock: Stock,
  type: number,
  largest: number,
  recipe: Recipe,
  random: Random,
): void {
  const picture = stock.pictures[random.pick(stock.donorsOf[type]!)]!;
  const clump = pickBySums(random, picture.chances);
  const { boxes } = picture.clumps;
  const pad = Math.ceil(stock.halo);
  const width = boxes[clump * BOX + 2]! - boxes[clump * BOX]! + 2 * pad;
  const height = boxes[clump * BOX + 3]! - boxes[clump * BOX + 1]! + 2 * pad;
  const oversize = Math.max(width, height) > largest;
  const split = random.next() < recipe.splitClumps;
  const part =
    oversize || split
      ? cutPart(picture.clumps, clump, picture, stock.cellDiameter, oversize ? largest : null, random)
      : null;
  const box = windowOf(picture, clump, pad, part);
  const transform = drawTransform(recipe, random);
  warpDonor(donor, picture, picture.clumps.labels[clump]!, box, part, transform);
  donor.type = type;
  donor.confidence = picture.confidence;
  const { fine, broad } = picture.noise;
  donor.missing = recipe.levelNoise
    ? missingNoise({ fine: transform.exact ? fine : fine * INTERPOLATED, broad }, stock.noise)
    : NO_NOISE;
  const gain = 1 + (recipe.augment.contrast / 2) * (2 * random.next() - 1);
  const x = (box.x0 + box.x1) / 2;
  const y = (box.y0 + box.y1) / 2;
  const size = donor.width * donor.height;
  const channels = stock.channels;
  for (let c = 0; c < channels; c++) {
    const base = backgroundAt(picture.background, c, x, y);
    for (let i = c * size; i < (c + 1) * size; i++) donor.image[i] = gain * (donor.image[i]! - base);
  }
  if (recipe.augment.blur > 0 && random.next() < BLURRED) blur(donor, channels, 0.6 * random.next());
}

interface Window {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

function windowOf(picture: StockPicture, clump: number, pad: number, part: Part | null): Window {
  const { boxes } = picture.clumps;
  let x0 = boxes[clump * BOX]! - pad;
  let y0 = boxes[clump * BOX + 1]! - pad;
  let x1 = boxes[clump * BOX + 2]! + pad;
  let y1 = boxes[clump * BOX + 3]! + pad;
  if (part !== null) {
    x0 = Math.max(x0, Math.floor(part.x - part.reach));
    y0 = Math.max(y0, Math.floor(part.y - part.reach));
    x1 = Math.min(x1, Math.ceil(part.x + part.reach) + 1);
    y1 = Math.min(y1, Math.ceil(part.y + part.reach) + 1);
  }
  return {
    x0: Math.max(0, x0),
    y0: Math.max(0, y0),
    x1: Math.min(picture.width, x1),
    y1: Math.min(picture.height, y1),
  };
}

function drawTransform(recipe: Recipe, random: Random): Transform {
  const { flips, scale } = recipe.augment;
  const mirror = flips && random.next() < 0.5 ? -1 : 1;
  const quarters = flips ? random.integer(4) : 0;
  const exact = random.next() < EXACT;
  const turn = exact ? 0 : random.uniform(-Math.PI / 4, Math.PI / 4) * (flips ? 1 : 0);
  const zoom = exact ? 1 : Math.exp(random.uniform(-1, 1) * Math.log1p(scale));
  // Whole numbers for quarter turns, so that exact copies read exactly at pixels.
  const cos = exact ? [1, 0, -1, 0][quarters]! : Math.cos((quarters * Math.PI) / 2 + turn);
  const sin = exact ? [0, 1, 0, -1][quarters]! : Math.sin((quarters * Math.PI) / 2 + turn);
  return { a: (mirror * cos) / zoom, b: (mirror * -sin) / zoom, c: sin / zoom, d: cos / zoom, exact };
}

function warpDonor(
  donor: Donor,
  picture: StockPicture,
  label: number,
  box: Window,
  part: Part | null,
  transform: Transform,
): void {
  const w = box.x1 - box.x0;
  const h = box.y1 - box.y0;
  const { a, b, c, d, exact } = transform;
  // Extent of the turned window: the inverse of a scaled rotation is its transpose over the squared scale.
  const scale = a * d - b * c < 0 ? -(a * d - b * c) : a * d - b * c;
  const slack = exact ? 0 : 1;
  const width = Math.round((Math.abs(a) * w + Math.abs(c) * h) / scale) + slack;
  const height = Math.round((Math.abs(b) * w + Math.abs(d) * h) / scale) + slack;
  const channels = picture.image.length / (picture.width * picture.height);
  reserve(donor, width, height, channels);
  const { owner, alpha } = picture.clumps;
  const plane = picture.width * picture.height;
  const centreX = box.x0 + (w - 1) / 2;
  const centreY = box.y0 + (h - 1) / 2;
  const size = width * height;
  let area = 0;
  for (let y = 0; y < height; y++) {
    const dy = y - (height - 1) / 2;
    for (let x = 0; x < width; x++) {
      const o = y * width + x;
      const dx = x - (width - 1) / 2;
      const sx = centreX + a * dx + b * dy;
      const sy = centreY + c * dx + d * dy;
      donor.state[o] = 0;
      donor.alpha[o] = 0;
      const nx = Math.round(sx);
      const ny = Math.round(sy);
      if (nx < box.x0 || ny < box.y0 || nx >= box.x1 || ny >= box.y1) continue;
      const near = ny * picture.width + nx;
      if (owner[near] !== label) continue;
      const x0 = Math.max(0, Math.min(picture.width - 2, Math.floor(sx)));
      const y0 = Math.max(0, Math.min(picture.height - 2, Math.floor(sy)));
      const fx = Math.max(0, Math.min(1, sx - x0));
      const fy = Math.max(0, Math.min(1, sy - y0));
      const i = y0 * picture.width + x0;
      const w11 = fx * fy;
      const w10 = fy - w11;
      const w01 = fx - w11;
      const w00 = 1 - fx - fy + w11;
      const below = i + picture.width;
      let soft =
        (w00 * (owner[i] === label ? alpha[i]! : 0) +
          w01 * (owner[i + 1] === label ? alpha[i + 1]! : 0) +
          w10 * (owner[below] === label ? alpha[below]! : 0) +
          w11 * (owner[below + 1] === label ? alpha[below + 1]! : 0)) /
        255;
      const cut = part === null ? 1 : smooth(part.inside(sx, sy));
      soft *= cut;
      if (soft < 0.004) continue;
      donor.alpha[o] = soft;
      const trimap = picture.trimap[near]!;
      if (trimap !== 0) {
        donor.state[o] = trimap === 1 && soft >= 0.5 && cut >= 0.5 ? 1 : 2;
        area++;
      }
      for (let k = 0; k < channels; k++) {
        const s = k * plane + i;
        donor.image[k * size + o] =
          w00 * picture.image[s]! +
          w01 * picture.image[s + 1]! +
          w10 * picture.image[s + picture.width]! +
          w11 * picture.image[s + picture.width + 1]!;
      }
    }
  }
  donor.area = area;
}

function reserve(donor: Donor, width: number, height: number, channels: number): void {
  const size = width * height;
  donor.width = width;
  donor.height = height;
  if (donor.alpha.length < size) {
    donor.alpha = new Float32Array(size);
    donor.state = new Uint8Array(size);
  }
  if (donor.image.length < size * channels) donor.image = new Float32Array(size * channels);
}

/** Mixes in the mean of the four neighbours, well inside the border only. */
function blur(donor: Donor, channels: number, amount: number): void {
  const { width, height, alpha, image } = donor;
  const size = width * height;
  for (let c = 0; c < channels; c++) {
    const plane = image.subarray(c * size, (c + 1) * size);
    const source = plane.slice();
    for (let y = 1; y < height - 1; y++) {
      for (let x = 1; x < width - 1; x++) {
        const i = y * width + x;
        if (alpha[i]! * alpha[i - 1]! * alpha[i + 1]! * alpha[i - width]! * alpha[i + width]! === 0) continue;
        const mean = (source[i - 1]! + source[i + 1]! + source[i - width]! + source[i + width]!) / 4;
        plane[i] = source[i]! + amount * (mean - source[i]!);
      }
    }
  }
}
