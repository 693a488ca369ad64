import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Culture, ImageSource } from '@cellmixer/cellmixer';
import { CellMixerError } from '@cellmixer/errors';
import { readCultures } from '../files/read-cultures.ts';
import type { DemoData } from './demo-data.ts';
import { readMixtures } from './read-mixtures.ts';

/** More pictures of all lines together would not fit into the demo's minutes. */
const MOST_PICTURES = 60;
const FEWEST_OF_A_LINE = 4;
const HELD_OUT_SHARE = 0.25;

/**
 * A folder of real pictures: one folder for each line and perhaps `mixed/{images,masks_semantic}`. Without such truth
 * a quarter of each line's samples is kept from training, to make artificial mixtures of.
 */
export async function readOwnData(
  folder: string,
  only: readonly string[] | undefined,
  onProgress: (share: number) => void,
): Promise<DemoData> {
  const read = await readCultures(folder, {
    ...(only === undefined ? {} : { types: only }),
    onProgress: (done, total) => onProgress(done / total),
  });
  const notes = [...read.notes];
  const most = Math.max(FEWEST_OF_A_LINE, Math.floor(MOST_PICTURES / read.cultures.length));
  const mixed = join(folder, 'mixed');
  const hasTruth = existsSync(join(mixed, 'masks_semantic')) && existsSync(join(mixed, 'images'));
  const mixtures = hasTruth ? await readMixtures(mixed, read.cultures) : [];
  if (hasTruth && mixtures.length === 0) {
    notes.push(
      `No picture in "${mixed}/images" has a class map of its name in masks_semantic; it is not used.`,
    );
  }
  if (mixtures.length > 0) {
    const cultures = read.cultures.map((culture) => ({
      ...culture,
      images: few(culture, culture.images, most, notes),
    }));
    return { truth: 'masks', folder, cultures, heldOut: [], mixtures, notes };
  }
  const split = read.cultures.map((culture) => holdOut(culture));
  return {
    truth: 'artificial',
    folder,
    cultures: split.map(({ type, training }) => ({ type, images: few({ type }, training, most, notes) })),
    heldOut: split.map(({ type, heldOut }) => ({ type, images: few({ type }, heldOut, most, []) })),
    mixtures: [],
    notes,
  };
}

function few(
  { type }: Pick<Culture, 'type'>,
  images: readonly ImageSource[],
  most: number,
  notes: string[],
): readonly ImageSource[] {
  if (images.length <= most) return images;
  notes.push(
    `${type}: ${most} of ${images.length} pictures are used, evenly spread; the demo has minutes only.`,
  );
  return Array.from({ length: most }, (_, i) => images[Math.floor((i * images.length) / most)]!);
}

/** Keeps whole samples (wells), or single pictures where no names of wells are known. */
function holdOut({ type, images }: Culture) {
  const samples = [...Map.groupBy(images, (image) => image.sample ?? image.id).values()];
  if (samples.length < 2) {
    throw new CellMixerError(
      'TOO_FEW_CULTURES',
      `"${type}" has pictures of one sample only (${images.length}); one must be kept from training to compare on`,
      {
        subject: type,
        cure: 'Add pictures of another well, or add mixed/{images,masks_semantic} with truth.',
      },
    );
  }
  const kept = Math.max(1, Math.round(HELD_OUT_SHARE * samples.length));
  return { type, training: samples.slice(0, -kept).flat(), heldOut: samples.slice(-kept).flat() };
}
