import type { Random } from '@cellmixer/pixels';
import type { Recipe } from '../contracts.ts';
import { BOX } from './clumps.ts';
import { cutPart } from './cut-part.ts';
import { type Cutout, createCutout, cutOut } from './cutout.ts';
import { backgroundAt } from './local-background.ts';
import { missingNoise, type NoiseLevel } from './noise.ts';
import { pickBySums } from './random-choice.ts';
import type { Stock } from './stock.ts';

/** A clump, or a part of one, turned and scaled, ready to be placed. Reused: valid until the next is drawn. */
export interface Donor {
  readonly cutout: Cutout;
  type: number;
  width: number;
  height: number;
  /** 0…1 per pixel, soft border. */
  alpha: Float32Array;
  /** 0 outside, 1 sure cell, 2 undecided. */
  state: Uint8Array;
  /** [C, height × width]: deviation from the donor's own local background, gained. */
  image: Float32Array;
  confidence: number;
  /** What its pixels miss to the run's noise; null where noise is left as it is. */
  missing: NoiseLevel | null;
}

export function createDonor(): Donor {
  return {
    cutout: createCutout(),
    type: 0,
    width: 0,
    height: 0,
    alpha: new Float32Array(0),
    state: new Uint8Array(0),
    image: new Float32Array(0),
    confidence: 1,
    missing: null,
  };
}

/** White noise keeps (2/3)² of its variance, on average, when it is read between pixels bilinearly. */
const INTERPOLATED = 2 / 3;
/** Share of donors that are only turned by quarters and mirrored, their pixels untouched. */
const EXACT = 0.4;
/** Share of donors that are blurred, and how much of their neighbours' mean they take at most. */
const BLURRED = 0.3;
const MOST_BLUR = 0.6;

/** Source = centre + matrix × (output − output's centre). */
interface Transform {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
  readonly exact: boolean;
}

/**
 * Draws a clump of the type and cuts it out, each time mirrored, turned, scaled, gained and blurred anew.
 *
 * @param largest side of the largest donor; larger clumps are cut to a part
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
  const { boxes, labels } = picture.clumps;
  const pad = Math.ceil(stock.halo);
  const x0 = boxes[clump * BOX]! - pad;
  const y0 = boxes[clump * BOX + 1]! - pad;
  const x1 = boxes[clump * BOX + 2]! + pad;
  const y1 = boxes[clump * BOX + 3]! + pad;
  const oversize = Math.max(x1 - x0, y1 - y0) - 2 * pad > largest;
  const split = random.next() < recipe.splitClumps;
  const part =
    oversize || split
      ? cutPart(picture.clumps, clump, picture, stock.cellDiameter, oversize ? largest : null, random)
      : null;
  const gains = drawGains(recipe, stock.channels, random);
  const base = Array.from({ length: stock.channels }, (_, c) =>
    backgroundAt(picture.background, c, part?.x ?? (x0 + x1) / 2, part?.y ?? (y0 + y1) / 2),
  );
  cutOut(donor.cutout, picture, labels[clump]!, { x0, y0, x1, y1 }, part, base, gains);
  const transform = drawTransform(recipe, random);
  turn(donor, stock.channels, transform);
  donor.type = type;
  donor.confidence = picture.confidence;
  donor.missing = recipe.levelNoise
    ? missingNoise(picture.noise, stock.noise, transform.exact ? 1 : INTERPOLATED)
    : null;
  if (recipe.augment.blur > 0 && random.next() < BLURRED)
    blur(donor, stock.channels, MOST_BLUR * random.next());
}

/** Contrast of a donor or a sample: one for all channels, and half as much for each alone. */
export function drawGains(recipe: Recipe, channels: number, random: Random): number[] {
  const { contrast } = recipe.augment;
  const all = 1 + random.uniform(-contrast, contrast);
  if (channels === 1) return [all];
  return Array.from({ length: channels }, () => all * (1 + random.uniform(-contrast, contrast) / 2));
}

function drawTransform(recipe: Recipe, random: Random): Transform {
  const { flips, scale } = recipe.augment;
  const mirror = flips && random.next() < 0.5 ? -1 : 1;
  const quarters = flips ? random.integer(4) : 0;
  const exact = random.next() < EXACT;
  const angle = exact || !flips ? 0 : random.uniform(-Math.PI / 4, Math.PI / 4);
  const zoom = exact ? 1 : Math.exp(random.uniform(-1, 1) * Math.log1p(scale));
  // Whole numbers for quarter turns, so that exact copies read exactly at pixels.
  const cos = exact ? [1, 0, -1, 0][quarters]! : Math.cos((quarters * Math.PI) / 2 + angle);
  const sin = exact ? [0, 1, 0, -1][quarters]! : Math.sin((quarters * Math.PI) / 2 + angle);
  return { a: (mirror * cos) / zoom, b: (mirror * -sin) / zoom, c: sin / zoom, d: cos / zoom, exact };
}

/** Reads the cut-out bilinearly (its states at the nearest pixel) into the donor's own frame. */
function turn(donor: Donor, channels: number, { a, b, c, d, exact }: Transform): void {
  const { cutout } = donor;
  const { left, top, right, bottom, stride } = cutout;
  const w = right - left;
  const h = bottom - top;
  // Extent of the turned window: the inverse of a scaled rotation is its transpose over the squared scale.
  const squared = Math.abs(a * d - b * c);
  const slack = exact ? 0 : 1;
  const width = Math.round((Math.abs(a) * w + Math.abs(c) * h) / squared) + slack;
  const height = Math.round((Math.abs(b) * w + Math.abs(d) * h) / squared) + slack;
  reserve(donor, width, height, channels);
  const { alpha, state, image } = donor;
  const size = width * height;
  alpha.fill(0, 0, size);
  state.fill(0, 0, size);
  // The cut-out frames its pixels, so that neighbours can be read without a look at the edge.
  const centreX = (left + right - 1) / 2;
  const centreY = (top + bottom - 1) / 2;
  const from = cutout.alpha;
  const fromState = cutout.state;
  const fromImage = cutout.image;
  const plane = cutout.plane;
  for (let y = 0; y < height; y++) {
    const dy = y - (height - 1) / 2;
    const rowX = centreX + b * dy - (a * (width - 1)) / 2;
    const rowY = centreY + d * dy - (c * (width - 1)) / 2;
    const [begin, end] = rowSpan(rowX, a, left, right, rowY, c, top, bottom, width);
    for (let x = begin; x < end; x++) {
      const sx = rowX + a * x;
      const sy = rowY + c * x;
      const x0 = Math.floor(sx);
      const y0 = Math.floor(sy);
      const i = y0 * stride + x0;
      const below = i + stride;
      const fx = sx - x0;
      const fy = sy - y0;
      const w11 = fx * fy;
      const w10 = fy - w11;
      const w01 = fx - w11;
      const w00 = 1 - fx - fy + w11;
      const soft = w00 * from[i]! + w01 * from[i + 1]! + w10 * from[below]! + w11 * from[below + 1]!;
      if (soft < 0.004) continue;
      const o = y * width + x;
      alpha[o] = soft;
      state[o] = fromState[(fy < 0.5 ? i : below) + (fx < 0.5 ? 0 : 1)]!;
      for (let k = 0; k < channels; k++) {
        const s = k * plane + i;
        const t = s + stride;
        image[k * size + o] =
          w00 * fromImage[s]! + w01 * fromImage[s + 1]! + w10 * fromImage[t]! + w11 * fromImage[t + 1]!;
      }
    }
  }
}

/** The outputs x of a row whose sources lie within half a pixel of the window. */
function rowSpan(
  rowX: number,
  stepX: number,
  left: number,
  right: number,
  rowY: number,
  stepY: number,
  top: number,
  bottom: number,
  width: number,
): [number, number] {
  let begin = 0;
  let end = width - 1;
  const narrow = (start: number, step: number, low: number, high: number) => {
    if (Math.abs(step) < 1e-9) {
      if (start < low || start > high) end = -1;
      return;
    }
    const one = (low - start) / step;
    const two = (high - start) / step;
    begin = Math.max(begin, Math.ceil(Math.min(one, two) - 1e-6));
    end = Math.min(end, Math.floor(Math.max(one, two) + 1e-6));
  };
  narrow(rowX, stepX, left - 0.5, right - 0.5);
  narrow(rowY, stepY, top - 0.5, bottom - 0.5);
  return [begin, end + 1];
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
