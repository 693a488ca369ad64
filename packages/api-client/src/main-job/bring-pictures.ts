import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { CellMixerError } from '@cellmixer/errors';
import { z } from 'zod';
import type { Lab } from '../lab.ts';
import { mutate } from '../mutate.ts';
import { uploadFiles } from '../upload-files.ts';

/** A picture on this machine, its culture, and the ids of the lines that were seeded there. */
export interface Picture {
  readonly path: string;
  readonly sample: string;
  readonly lines: readonly string[];
}

export interface DatasetPlace {
  readonly project: string;
  readonly name: string;
  readonly modality: string;
}

export interface BroughtPictures {
  readonly dataset: string;
  /** Ids by paths; of a time series that of its first time point. */
  readonly images: ReadonlyMap<string, string>;
  /** How many had to be uploaded. */
  readonly uploaded: number;
}

/** Labels in one mutation. */
const LABELS = 500;
/** Things in one request. */
const PAGE = 100;

const datasetShape = z.object({ id: z.string(), name: z.string(), modality: z.string() });
const imageShape = z.object({
  id: z.string(),
  name: z.string(),
  status: z.enum(['INGESTING', 'READY', 'FAILED']),
  checksum: z.string().nullable(),
  errorMessage: z.string().nullable(),
  timePoint: z.object({ number: z.number() }).nullable(),
});
const imageFields = 'id name status checksum errorMessage timePoint { number }';
type Image = z.output<typeof imageShape>;

/**
 * Brings pictures into a dataset that holds these and no others: uploads what is not there, labels, and waits until
 * all are ready. A dataset of that name with other pictures is left alone; the next one is `name 2`.
 *
 * @throws RUN_FAILED where a picture could not be uploaded or read
 */
export async function bringPictures(
  lab: Lab,
  place: DatasetPlace,
  pictures: readonly Picture[],
  onProgress: (share: number, words: string) => void,
): Promise<BroughtPictures> {
  const byHash = new Map<string, Picture>();
  const hashes = new Map<string, string>();
  for (const picture of pictures) {
    const hash = await sha256Of(picture.path);
    byHash.set(hash, picture);
    hashes.set(picture.path, hash);
  }
  const { dataset, images: there } = await obtainDataset(lab, place, byHash);
  const known = new Set(there.map((image) => image.checksum));
  const missing = [...byHash].filter(([hash]) => !known.has(hash)).map(([, { path }]) => path);
  const uploaded = await uploadFiles(lab.client, dataset, missing, {
    onProgress: (done, total) => onProgress((0.3 * done) / total, `sent ${done} of ${total}`),
  });
  const bad = uploaded.find((file) => file.imageId === null);
  if (bad !== undefined) throw failed(bad.path, bad.problem);
  const firsts = there.filter(({ timePoint }) => (timePoint?.number ?? 1) === 1);
  const ids = new Map(firsts.map((image) => [image.checksum ?? '', image.id]));
  for (const { path, imageId } of uploaded) ids.set(hashes.get(path) ?? '', imageId ?? '');
  await label(
    lab,
    dataset,
    [...byHash].map(([hash, picture]) => ({ ...picture, id: ids.get(hash) ?? '' })),
  );
  const fresh = uploaded.map((file) => file.imageId ?? '');
  const ready = await ingested(lab, fresh, (done) =>
    onProgress(0.3 + (0.7 * done) / fresh.length, `read ${done} of ${fresh.length}`),
  );
  const broken = ready.find((image) => image.status === 'FAILED');
  if (broken !== undefined) throw failed(broken.name, broken.errorMessage);
  if (ready.some((image) => image.timePoint !== null)) await labelSeries(lab, dataset, byHash);
  const images = new Map(pictures.map(({ path }) => [path, ids.get(hashes.get(path) ?? '') ?? '']));
  return { dataset, images, uploaded: missing.length };
}

/** Time points that came up while their file was read; the first of them has its label. */
async function labelSeries(lab: Lab, dataset: string, byHash: ReadonlyMap<string, Picture>): Promise<void> {
  const all = await lab.list('Dataset', dataset, 'images', imageFields, imageShape);
  const later = all.flatMap(({ id, checksum, timePoint }) => {
    const picture = byHash.get(checksum ?? '');
    return picture === undefined || timePoint === null ? [] : [{ ...picture, id }];
  });
  await label(lab, dataset, later);
}

/** A dataset whose pictures are all among ours, or a new one. */
async function obtainDataset(
  lab: Lab,
  { project, name, modality }: DatasetPlace,
  ours: ReadonlyMap<string, Picture>,
): Promise<{ readonly dataset: string; readonly images: readonly Image[] }> {
  const datasets = await lab.list('Project', project, 'datasets', 'id name modality', datasetShape);
  for (let number = 1; ; number++) {
    const wanted = number === 1 ? name : `${name} ${number}`;
    const known = datasets.find((dataset) => dataset.name === wanted);
    if (known === undefined) {
      const input = { project, name: wanted, modality };
      return { dataset: await lab.make('createDataset', input, 'dataset'), images: [] };
    }
    const listed = await lab.list('Dataset', known.id, 'images', imageFields, imageShape);
    // One that was interrupted in the midst of reading goes on by itself.
    const read = await ingested(
      lab,
      listed.map((image) => image.id),
    );
    const images = read.filter((image) => image.status === 'READY');
    const same = images.every((image) => ours.has(image.checksum ?? ''));
    if (same && known.modality === modality) return { dataset: known.id, images };
  }
}

/** Waits until images are ready or failed. */
async function ingested(
  lab: Lab,
  ids: readonly string[],
  onProgress: (done: number) => void = () => {},
): Promise<Image[]> {
  const ended: Image[] = [];
  let waiting = ids;
  while (waiting.length > 0) {
    const seen = await lab.lookAt('Image', waiting.slice(0, PAGE), imageFields, imageShape);
    const done = seen.filter((image) => image.status !== 'INGESTING');
    ended.push(...done);
    const gone = new Set(done.map((image) => image.id));
    waiting = waiting.filter((id) => !gone.has(id));
    onProgress(ended.length);
    if (waiting.length > 0) await lab.pause(300);
  }
  return ended;
}

async function label(
  lab: Lab,
  dataset: string,
  pictures: readonly (Picture & { readonly id: string })[],
): Promise<void> {
  const labels = [...Map.groupBy(pictures, (picture) => picture.sample)].map(([sample, own]) => ({
    sample,
    images: own.map((picture) => picture.id),
    cellLines: own[0]?.lines ?? [],
  }));
  for (let at = 0; at < labels.length; at += LABELS) {
    const input = { dataset, labels: labels.slice(at, at + LABELS) };
    await mutate(lab.client, 'labelImages', input, 'images { id }', z.unknown());
  }
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

function failed(name: string, why: string | null): CellMixerError {
  return new CellMixerError('RUN_FAILED', `"${name}" was not taken: ${why ?? 'no reason was given'}`, {
    subject: name,
    cure: 'Take the picture away or put it right, and start again; the others are kept.',
  });
}
