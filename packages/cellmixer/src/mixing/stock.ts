import { CellMixerError } from '@cellmixer/errors';
import type { Calibration, PreparedImage, Recipe } from '../contracts.ts';
import { BOX, type Clumps, findClumps } from './clumps.ts';
import { type Coverage, coverageOf, measureCoverage } from './coverage.ts';
import { type FreeWindows, findFreeWindows } from './free-windows.ts';
import { type LocalBackground, measureLocalBackground } from './local-background.ts';
import { measureNoise, type NoiseLevel, noiseQuantile } from './noise.ts';
import { sharedBytes, sharedFloats } from './shared-arrays.ts';

/** More types do not fit the bits of a label. */
const MAX_TYPES = 30;
/** Smallest donor, as a share of a typical cell's area. */
const LEAST_DONOR = 0.05;

/** One picture with all that mixing needs to know of it, measured once; its arrays are shared by threads. */
export interface StockPicture {
  readonly type: number;
  readonly width: number;
  readonly height: number;
  /** [C,H,W], calibrated. */
  readonly image: Float32Array;
  readonly trimap: Uint8Array;
  readonly clumps: Clumps;
  /** Sums of the clumps' chances to be drawn: by area, so that every cell has about the same chance. */
  readonly chances: Float64Array;
  readonly coverage: Coverage;
  readonly background: LocalBackground;
  readonly windows: FreeWindows;
  readonly noise: NoiseLevel;
  /** Weight of its pixels in the loss, about 1. */
  readonly confidence: number;
}

/** Everything that samples are made of: plain data that can be posted to a worker thread. */
export interface Stock {
  readonly types: readonly string[];
  readonly channels: number;
  readonly calibration: Calibration;
  /** Typical cell diameter and halo, working px. */
  readonly cellDiameter: number;
  readonly halo: number;
  readonly pictures: readonly StockPicture[];
  /** Numbers of the pictures of each type; those with donors; those with enough cell-free background. */
  readonly ofType: readonly (readonly number[])[];
  readonly donorsOf: readonly (readonly number[])[];
  readonly canvasesOf: readonly (readonly number[])[];
  /** The level that every background is raised to. */
  readonly noise: NoiseLevel;
  /** Weight of each type's pixels: the inverse of its expected share, 0.5…2. */
  readonly balance: readonly number[];
}

export interface StockOptions {
  readonly prepared: readonly PreparedImage[];
  readonly types: readonly string[];
  readonly calibration: Calibration;
  readonly recipe: Recipe;
}

/**
 * Measures the prepared pictures for mixing. Confluent pictures are left out.
 *
 * @throws TOO_FEW_CULTURES for fewer than two types or a type without a picture that can be used
 * @throws NO_FOREGROUND naming the type in whose pictures no cells were found
 */
export function createStock({ prepared, types, calibration, recipe }: StockOptions): Stock {
  checkTypes(types);
  const cellDiameter = calibration.cellDiameterPx * calibration.workingScale;
  const halo = Math.max(1, recipe.haloPx * calibration.workingScale);
  const used = prepared.filter((picture) => !picture.quality.confluent);
  for (const picture of used) checkPicture(picture, calibration, types);
  const pictures = withNoise(
    used.map((picture) => measurePicture(picture, cellDiameter, halo)),
    calibration.channels,
  );
  const numbersOf = (keep: (picture: StockPicture) => boolean) =>
    types.map((_, type) => pictures.flatMap((p, i) => (p.type === type && keep(p) ? [i] : [])));
  const ofType = numbersOf(() => true);
  const donorsOf = numbersOf((picture) => picture.clumps.count > 0);
  types.forEach((type, k) => {
    const given = prepared.filter((picture) => picture.type === k).length;
    if (ofType[k]!.length === 0) throw noPictures(type, given);
    if (donorsOf[k]!.length === 0) throw noCells(type, given);
  });
  return {
    types,
    channels: calibration.channels,
    calibration,
    cellDiameter,
    halo,
    pictures: withConfidence(pictures, used, ofType),
    ofType,
    donorsOf,
    canvasesOf: numbersOf((picture) => picture.windows.size > 0),
    noise: highestNoise(pictures, ofType, calibration.channels),
    balance: classBalance(pictures, ofType, recipe),
  };
}

function checkTypes(types: readonly string[]): void {
  if (types.length < 2) {
    throw new CellMixerError('TOO_FEW_CULTURES', `${types.length} type given; mixing needs two or more`, {
      cure: 'Give pictures of at least two pure cultures.',
    });
  }
  if (types.length > MAX_TYPES) {
    throw new CellMixerError(
      'INVALID_ARGUMENT',
      `${types.length} types given; at most ${MAX_TYPES} can be mixed`,
      {
        subject: 'types',
        cure: 'Train on fewer types at once.',
      },
    );
  }
}

function checkPicture(picture: PreparedImage, calibration: Calibration, types: readonly string[]): void {
  const { image, trimap, name } = picture;
  const fail = (message: string) => {
    throw new CellMixerError('INVALID_ARGUMENT', `"${name}" ${message}`, { subject: name });
  };
  if (image.channels !== calibration.channels) {
    fail(`has ${image.channels} channels, the calibration ${calibration.channels}`);
  }
  if (image.width !== trimap.width || image.height !== trimap.height) {
    fail(`is ${image.width}×${image.height}, its mask ${trimap.width}×${trimap.height}`);
  }
  if (!Number.isInteger(picture.type) || picture.type < 0 || picture.type >= types.length) {
    fail(`is of type ${picture.type}; there are ${types.length} types`);
  }
}

function noPictures(type: string, given: number): CellMixerError {
  return given === 0
    ? new CellMixerError('TOO_FEW_CULTURES', `"${type}" has no pictures`, {
        subject: type,
        cure: 'Add pictures of this pure culture, or leave the type out.',
      })
    : new CellMixerError('NO_FOREGROUND', `all ${given} pictures of "${type}" are confluent`, {
        subject: type,
        cure: 'Add pictures with some empty background.',
      });
}

function noCells(type: string, given: number): CellMixerError {
  return new CellMixerError('NO_FOREGROUND', `no cells were found in the ${given} pictures of "${type}"`, {
    subject: type,
    cure: 'Look at the masks of these pictures and lower the sensitivity or the smallest area.',
  });
}

type Measured = Omit<StockPicture, 'noise'> & { readonly noise: NoiseLevel | null };

function measurePicture(picture: PreparedImage, cellDiameter: number, halo: number): Measured {
  const { image, trimap, type } = picture;
  const { width, height } = image;
  const minArea = LEAST_DONOR * (Math.PI / 4) * cellDiameter * cellDiameter;
  const clumps = findClumps(trimap, halo, cellDiameter, minArea);
  const coverage = measureCoverage(trimap, clumps.alpha);
  const free = new Uint8Array(width * height);
  for (let i = 0; i < free.length; i++) free[i] = trimap.data[i] === 0 && clumps.alpha[i] === 0 ? 1 : 0;
  const sharedImage = sharedFloats(image.data.length);
  sharedImage.set(image.data);
  const sharedTrimap = sharedBytes(trimap.data.length);
  sharedTrimap.set(trimap.data);
  return {
    type,
    width,
    height,
    image: sharedImage,
    trimap: sharedTrimap,
    clumps,
    chances: chancesOf(clumps, width, height, cellDiameter),
    coverage,
    background: measureLocalBackground(image, free),
    windows: findFreeWindows(coverage, width, height),
    noise: measureNoise(image, free),
    confidence: 1,
  };
}

/**
 * A clump larger than one donor can be is drawn once for every donor that it holds. A smaller one that the
 * picture's edge cuts is left out where the picture has others: in the middle of a sample its straight side
 * would look like nothing in nature.
 */
function chancesOf(clumps: Clumps, width: number, height: number, cellDiameter: number): Float64Array {
  const largest = 4 * cellDiameter * cellDiameter;
  const { boxes, count } = clumps;
  const chances = new Float64Array(count);
  let whole = 0;
  for (let i = 0; i < count; i++) {
    const b = i * BOX;
    const cut = boxes[b]! === 0 || boxes[b + 1]! === 0 || boxes[b + 2]! === width || boxes[b + 3]! === height;
    const area = boxes[b + 4]!;
    chances[i] = area > largest ? area / largest : cut ? 0 : 1;
    if (chances[i]! > 0) whole++;
  }
  let sum = 0;
  for (let i = 0; i < count; i++) {
    sum += whole > 0 ? chances[i]! : 1;
    chances[i] = sum;
  }
  return chances;
}

/** Pictures whose masks agree less between thresholds count less, but the types' means stay equal. */
function withConfidence(
  pictures: readonly StockPicture[],
  used: readonly PreparedImage[],
  ofType: readonly (readonly number[])[],
): StockPicture[] {
  const raw = used.map(({ quality }) => Math.max(0.5, Math.min(1, quality.agreement / 0.8)));
  const means = ofType.map((list) => list.reduce((sum, i) => sum + raw[i]!, 0) / list.length);
  return pictures.map((picture, i) => ({ ...picture, confidence: raw[i]! / means[picture.type]! }));
}

/** Pictures without enough background are taken for as noisy as the others of their type, else of all. */
function withNoise(pictures: readonly Measured[], channels: number): StockPicture[] {
  const known = (list: readonly Measured[]) => list.flatMap(({ noise }) => (noise === null ? [] : [noise]));
  return pictures.map((picture) => {
    const own = known(pictures.filter(({ type }) => type === picture.type));
    return {
      ...picture,
      noise: picture.noise ?? noiseQuantile(own.length > 0 ? own : known(pictures), 0.5, channels),
    };
  });
}

/**
 * The highest line's upper quartile: with its median, half of that line's pictures would stand out from all the
 * others.
 */
function highestNoise(
  pictures: readonly StockPicture[],
  ofType: readonly (readonly number[])[],
  channels: number,
): NoiseLevel {
  const levels = ofType.map((list) =>
    noiseQuantile(
      list.map((i) => pictures[i]!.noise),
      0.75,
      channels,
    ),
  );
  return noiseQuantile(levels, 1, channels);
}

/** Pasted cells are drawn evenly over the types; whole crops show each type as densely as its pictures do. */
function classBalance(
  pictures: readonly StockPicture[],
  ofType: readonly (readonly number[])[],
  recipe: Recipe,
): number[] {
  const { paste, overlay, mixup, juxtapose, pure } = recipe.modes;
  const even = (paste + overlay) / (paste + overlay + mixup + juxtapose + pure);
  const dense = ofType.map((list) => {
    const shares = list.map((i) => {
      const { coverage, width, height } = pictures[i]!;
      return coverageOf(coverage, 0, 0, Math.max(width, height));
    });
    return shares.reduce((a, b) => a + b, 0) / list.length;
  });
  const sum = dense.reduce((a, b) => a + b, 0);
  const types = ofType.length;
  return dense.map((share) => {
    const expected = even / types + (1 - even) * (sum > 0 ? share / sum : 1 / types);
    return Math.max(0.5, Math.min(2, 1 / (types * expected)));
  });
}
