import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { calibrate } from '@cellmixer/cellmixer';
import { CellMixerError } from '@cellmixer/errors';
import { type CultureFiles, readCultures } from '../files/read-cultures.ts';
import { makeArtificialMixtures } from './artificial-mixtures.ts';
import type { DemoData } from './demo-data.ts';
import { readMixtures } from './read-mixtures.ts';

/** More pictures of all lines together would not fit into the demo's minutes. */
const MOST_PICTURES = 60;
const FEWEST_OF_A_LINE = 4;
const FEWEST_LINES = 2;
const HELD_OUT_SHARE = 0.25;

export interface OwnDataOptions {
  /** Only these lines. */
  readonly types?: readonly string[];
  /** Where artificial mixtures are written, should they be needed. */
  readonly artificial: string;
  readonly seed: number;
  readonly signal: AbortSignal;
  readonly onProgress: (share: number) => void;
}

/**
 * A folder of real pictures: one folder for each line and perhaps `mixed/{images,masks_semantic}`. Without such truth
 * a quarter of each line's samples is kept from training, to make artificial mixtures of; a line of one sample has none
 * to spare and is left out, unless it was asked for or fewer than two lines would be left.
 *
 * @throws TOO_FEW_CULTURES naming a line of one sample that cannot be left out; what reading throws
 */
export async function readOwnData(folder: string, options: OwnDataOptions): Promise<DemoData> {
  const { types, signal, onProgress } = options;
  const read = await readCultures(folder, {
    ...(types === undefined ? {} : { types }),
    signal,
    onProgress: (done, total) => onProgress((0.3 * done) / total),
  });
  const name = `Demo: ${basename(folder)}`.slice(0, 100);
  const notes = [...read.notes];
  const mixed = join(folder, 'mixed');
  const hasTruth = existsSync(join(mixed, 'masks_semantic')) && existsSync(join(mixed, 'images'));
  const mixtures = hasTruth ? await readMixtures(mixed, read.cultures) : [];
  if (hasTruth && mixtures.length === 0) {
    notes.push(
      `No picture in "${mixed}/images" has a class map of its name in masks_semantic; it is not used.`,
    );
  }
  if (mixtures.length > 0) {
    const most = mostOfEach(read.cultures);
    const cultures = read.cultures.map((culture) => few(culture, most, notes));
    const { modality } = await calibrate(cultures, { signal });
    return { name, truth: 'masks', modality, folder, cultures, mixtures, notes };
  }
  const compared = types === undefined ? leaveOutSingleSamples(read.cultures, notes) : read.cultures;
  const most = mostOfEach(compared);
  const split = compared.map((culture) => holdOut(culture));
  const cultures = split.map(({ training }) => few(training, most, notes));
  const heldOut = split.map((side) => few(side.heldOut, most, []));
  const calibration = await calibrate(cultures, {
    signal,
    onProgress: (done, total) => onProgress(0.3 + (0.5 * done) / total),
  });
  const made = await makeArtificialMixtures(heldOut, calibration, options.artificial, options.seed);
  const { modality } = calibration;
  return { name, truth: 'artificial', modality, folder, cultures, mixtures: made, notes };
}

function few({ type, images }: CultureFiles, most: number, notes: string[]): CultureFiles {
  if (images.length <= most) return { type, images };
  notes.push(
    `${type}: ${most} of ${images.length} pictures are used, evenly spread; the demo has minutes only.`,
  );
  return {
    type,
    images: Array.from({ length: most }, (_, i) => images[Math.floor((i * images.length) / most)]!),
  };
}

const mostOfEach = (cultures: readonly CultureFiles[]): number =>
  Math.max(FEWEST_OF_A_LINE, Math.floor(MOST_PICTURES / cultures.length));

function leaveOutSingleSamples(cultures: readonly CultureFiles[], notes: string[]): readonly CultureFiles[] {
  const [single, several] = [
    cultures.filter((culture) => samplesOf(culture).length < 2),
    cultures.filter((culture) => samplesOf(culture).length >= 2),
  ];
  if (several.length < FEWEST_LINES) return cultures;
  for (const { type, images } of single) {
    notes.push(
      `${type} is left out: its pictures (${images.length}) are of one sample, and one sample must be kept from training to compare on. Add pictures of another well to have it in.`,
    );
  }
  return several;
}

/** Pictures by sample (well), or single pictures where no names of wells are known. */
const samplesOf = ({ images }: CultureFiles) => [
  ...Map.groupBy(images, (image) => image.sample ?? image.id).values(),
];

/** Keeps whole samples. */
function holdOut(culture: CultureFiles) {
  const { type } = culture;
  const samples = samplesOf(culture);
  if (samples.length < 2) {
    throw new CellMixerError(
      'TOO_FEW_CULTURES',
      `"${type}" has pictures of one sample only (${culture.images.length}); one must be kept from training to compare on`,
      {
        subject: type,
        cure: 'Add pictures of another well, or add mixed/{images,masks_semantic} with truth.',
      },
    );
  }
  const kept = Math.max(1, Math.round(HELD_OUT_SHARE * samples.length));
  return {
    training: { type, images: samples.slice(0, -kept).flat() },
    heldOut: { type, images: samples.slice(-kept).flat() },
  };
}
