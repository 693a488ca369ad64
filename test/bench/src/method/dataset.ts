import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { basename, extname, join, resolve } from 'node:path';
import type { Culture, ImageSource } from '@cellmixer/cellmixer';
import { CellMixerError } from '@cellmixer/errors';
import { listImages, readClassMap, readFloatImage, readImageSource, readLabelMap } from '@cellmixer/imaging';
import type { ClassMap, FloatImage, LabelMap, Mask } from '@cellmixer/pixels';

/** A test picture with its truth, read whole. */
export interface TruthPicture {
  readonly name: string;
  readonly sample: string | null;
  readonly image: FloatImage;
  /** 0 background, 1…K by position in the asked-for types, 255 ignored. */
  readonly classMap: ClassMap;
  readonly instances: LabelMap;
}

export interface PurePicture extends TruthPicture {
  /** 0…K−1. */
  readonly type: number;
}

export interface Dataset {
  readonly types: readonly string[];
  readonly training: readonly Culture[];
  /** Training pictures with a drawn mask, for the supervised reference; only where asked for. */
  readonly drawn: readonly Culture[];
  /** Pure test pictures of the asked-for types. */
  readonly pure: readonly PurePicture[];
  /** Every pure picture of the test set that has a drawn mask, of whatever type: what foreground is judged on. */
  readonly masked: readonly PurePicture[];
  readonly mixed: readonly TruthPicture[];
}

/** LIVECell names hold well, site and time (`A172_Phase_C7_1_00d20h00m_4`): the sample is line + well. */
export function sampleOf(file: string): string | null {
  return /^(.+_Phase_[A-H]\d{1,2})_/.exec(basename(file))?.[1] ?? null;
}

async function findMask(folder: string, image: string): Promise<string | null> {
  const path = join(folder, `${basename(image, extname(image))}.png`);
  return existsSync(path) ? path : null;
}

async function readMask(path: string): Promise<Mask> {
  const { width, height, data } = await readLabelMap(path);
  // In class maps 255 is foreground of unknown type.
  return { width, height, data: Uint8Array.from(data, (label) => (label > 0 ? 1 : 0)) };
}

function toSource(path: string): Promise<ImageSource> {
  const sample = sampleOf(path);
  return readImageSource(path, sample === null ? {} : { sample });
}

/** Instances, and every instance pixel of the given class. */
function classMapOf(instances: LabelMap, value: number): ClassMap {
  const data = new Uint8Array(instances.data.length);
  for (let i = 0; i < data.length; i++) data[i] = instances.data[i]! > 0 ? value : 0;
  return { width: instances.width, height: instances.height, data };
}

async function readPure(path: string, mask: string, type: number): Promise<PurePicture> {
  const instances = await readLabelMap(mask);
  return {
    name: basename(path),
    sample: sampleOf(path),
    image: await readFloatImage(path),
    instances,
    classMap: classMapOf(instances, type + 1),
    type,
  };
}

/** Masked pictures of the types that were not asked for; their class map says 255 wherever there is a cell. */
async function readOthers(test: string, types: readonly string[]): Promise<PurePicture[]> {
  const root = join(test, 'homogeneous');
  const pictures: PurePicture[] = [];
  for (const type of (await readdir(root)).sort()) {
    if (types.includes(type) || !existsSync(join(root, type, 'masks_instance'))) continue;
    for (const path of await listImages(join(root, type, 'images'))) {
      const mask = await findMask(join(root, type, 'masks_instance'), path);
      if (mask !== null) pictures.push(await readPure(path, mask, 254));
    }
  }
  return pictures;
}

/** The classes of a set that were not asked for are ignored in scoring. */
async function readMixed(folder: string, types: readonly string[], classes: Record<string, number>) {
  const lookup = new Uint8Array(256).fill(255);
  lookup[classes.background ?? 0] = 0;
  types.forEach((type, index) => {
    const value = classes[type];
    if (value !== undefined) lookup[value] = index + 1;
  });
  const pictures: TruthPicture[] = [];
  for (const path of await listImages(join(folder, 'images'))) {
    const semantic = await findMask(join(folder, 'masks_semantic'), path);
    const instance = await findMask(join(folder, 'masks_instance'), path);
    if (semantic === null || instance === null) continue;
    const raw = await readClassMap(semantic);
    const data = raw.data.map((value) => lookup[value]!);
    pictures.push({
      name: basename(path),
      sample: sampleOf(path),
      image: await readFloatImage(path),
      classMap: { width: raw.width, height: raw.height, data },
      instances: await readLabelMap(instance),
    });
  }
  return pictures;
}

/**
 * A set with `mixed/` tests there and trains on all of `homogeneous/`; a set without tests on the pictures
 * that have a mask and trains on the others.
 *
 * @throws TEST_PICTURE_IN_TRAINING where a test picture's bytes are met in training.
 */
export async function loadDataset(
  train: string,
  test: string,
  types: readonly string[],
  options: { readonly trainMasks?: boolean | undefined } = {},
): Promise<Dataset> {
  const classesFile = resolve(test, '..', 'classes.json');
  const classes: Record<string, number> = existsSync(classesFile)
    ? JSON.parse(await readFile(classesFile, 'utf8'))
    : {};
  const hasMixed = existsSync(join(test, 'mixed'));
  const training: Culture[] = [];
  const drawn: Culture[] = [];
  const pure: PurePicture[] = [];
  const testHashes = new Map<string, string>();
  for (const [index, type] of types.entries()) {
    const folder = join(test, 'homogeneous', type);
    if (hasMixed && resolve(test) === resolve(train)) continue;
    if (!existsSync(join(folder, 'images'))) continue;
    for (const path of await listImages(join(folder, 'images'))) {
      const mask = await findMask(join(folder, 'masks_instance'), path);
      if (mask === null) continue;
      testHashes.set((await toSource(path)).id, path);
      pure.push(await readPure(path, mask, index));
    }
  }
  const mixed = hasMixed ? await readMixed(join(test, 'mixed'), types, classes) : [];
  if (hasMixed) {
    for (const path of await listImages(join(test, 'mixed', 'images'))) {
      testHashes.set((await toSource(path)).id, path);
    }
  }
  for (const type of types) {
    const folder = join(train, 'homogeneous', type);
    if (!existsSync(join(folder, 'images'))) {
      throw new CellMixerError('INVALID_ARGUMENT', `"${type}": no folder ${join(folder, 'images')}`, {
        subject: type,
        cure: `Name types among: ${(await readdir(join(train, 'homogeneous'))).join(', ')}.`,
      });
    }
    const images: ImageSource[] = [];
    const withMask: ImageSource[] = [];
    for (const path of await listImages(join(folder, 'images'))) {
      const mask =
        (await findMask(join(folder, 'masks_instance'), path)) ??
        (await findMask(join(folder, 'masks_semantic'), path));
      const source = await toSource(path);
      if (mask !== null && !hasMixed && resolve(train) === resolve(test)) continue;
      const clash = testHashes.get(source.id);
      if (clash !== undefined) {
        throw new CellMixerError('TEST_PICTURE_IN_TRAINING', `"${path}" is the test picture "${clash}"`, {
          subject: path,
          cure: 'Take it out of one of the two folders.',
        });
      }
      images.push(source);
      if (mask !== null) withMask.push({ ...source, drawnMask: () => readMask(mask) });
    }
    training.push({ type, images });
    if (options.trainMasks) drawn.push({ type, images: withMask });
    if (options.trainMasks && withMask.length === 0) {
      throw new CellMixerError('INVALID_ARGUMENT', `no training picture of "${type}" has a drawn mask`, {
        subject: type,
        cure: 'Leave --train-masks out, or train on a folder whose masked pictures are not the test.',
      });
    }
  }
  const others = hasMixed ? [] : await readOthers(test, types);
  return { types, training, drawn, pure, masked: [...pure, ...others], mixed };
}

/** Which samples (wells) train and test share, per type; empty where names hold no sample. */
export function sharedSamples(dataset: Dataset): string[] {
  const trained = new Set(dataset.training.flatMap((culture) => culture.images.map((image) => image.sample)));
  const tested = new Set([...dataset.pure, ...dataset.mixed].map((picture) => picture.sample));
  return [...tested].filter((sample): sample is string => sample !== null && trained.has(sample)).sort();
}
