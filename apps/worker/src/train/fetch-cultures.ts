import { join } from 'node:path';
import { halveReplicates, type OfReplicate } from '@cellmixer/cellmixer/card';
import { foregroundParametersSchema } from '@cellmixer/cellmixer/foreground';
import type { Modality, TrainingRun } from '@cellmixer/database';
import { CellMixerError } from '@cellmixer/errors';
import { fetchObject } from '../fetch-object.ts';
import { fileName } from '../file-name.ts';
import { lentVersions, numbered } from '../lent-names.ts';
import type { Parts } from '../parts.ts';
import { pixelsOf } from '../pixels-of.ts';
import { type Split, splitReplicates } from './split-replicates.ts';
import type { OrderedCulture } from './training-process.ts';

export interface FetchedCultures {
  readonly cultures: readonly OrderedCulture[];
  /** One replicate of every class, kept out of training; null where there are too few. */
  readonly heldOut: readonly OrderedCulture[] | null;
  readonly modality: Modality;
  /** Overlay colours of the classes. */
  readonly colours: readonly string[];
  /** For the card, class by class. */
  readonly replicates: readonly { readonly trained: readonly string[]; readonly heldOut: string | null }[];
}

/** The pictures of a run, class by class, fetched into a folder and checked against the snapshot's checksums. */
export async function fetchCultures(
  { database, storage }: Parts,
  run: Pick<TrainingRun, 'id' | 'projectId' | 'nullSplitOfId'>,
  holdOut: boolean,
  folder: string,
  signal: AbortSignal,
): Promise<FetchedCultures> {
  const classes = await database.trainingClass.findMany({
    where: { runId: run.id },
    orderBy: { position: 'asc' },
    include: { sources: { orderBy: [{ versionId: 'asc' }, { cellLineId: 'asc' }] } },
  });
  const versionIds = classes.flatMap(({ sources }) => sources.map(({ versionId }) => versionId));
  const lent = await lentVersions(database, run.projectId, versionIds);
  const [lentSample, lentReplicate] = [numbered('lent sample'), numbered('lent replicate')];
  const modalities = new Set<Modality>();
  const pictures: FetchedPicture[][] = [];
  const isNullSplit = run.nullSplitOfId !== null;
  // The classes of a null split are dealt from the same pictures.
  for (const one of isNullSplit ? classes.slice(0, 1) : classes) {
    const items = await database.datasetVersionItem.findMany({
      where: {
        AND: { OR: one.sources.map(({ versionId, cellLineId }) => ({ versionId, cellLineId })) },
        image: { deletedAt: null, status: 'READY' },
        // As the snapshot has it: what was rejected later is rejected in later snapshots.
        OR: [{ foregroundDecision: null }, { foregroundDecision: { not: 'REJECTED' } }],
      },
      // By checksum, so that equal pictures in equal order give the same bits, whatever their ids are.
      orderBy: [{ checksum: 'asc' }, { id: 'asc' }],
      include: { foreground: true, image: { include: { dataset: true } } },
    });
    const images = [];
    for (const { image, versionId, checksum, foreground, ...own } of items) {
      modalities.add(image.dataset.modality);
      const pixels = pixelsOf(image);
      const file = join(folder, fileName(image.id, pixels.name));
      const found = await fetchObject(storage, pixels.key, file, signal);
      // The snapshot knows the original; time points and planes of one are known by their own.
      if (image.checksum !== checksum || found !== pixels.checksum) {
        throw new CellMixerError('CHECKSUM_MISMATCH', `"${image.name}" is not what the snapshot holds`, {
          subject: image.name,
          cure: 'Take a new snapshot, and train on that.',
        });
      }
      const replicate = own.replicate ?? own.sampleName;
      images.push({
        file,
        name: image.name,
        sample: lent.has(versionId) ? lentSample(own.sampleName) : own.sampleName,
        replicate: lent.has(versionId) ? lentReplicate(replicate) : replicate,
        foreground: foreground === null ? null : foregroundParametersSchema.parse(foreground.parameters),
      });
    }
    pictures.push(images);
  }
  const { training, heldOut } = isNullSplit
    ? splitInHalves(pictures.flat())
    : holdOut
      ? splitReplicates(pictures)
      : { training: pictures, heldOut: null };
  const toCulture = (own: FetchedPicture[], i: number): OrderedCulture => ({
    type: classes[i]?.name ?? '',
    images: own.map(({ replicate: _, ...image }) => image),
  });
  return {
    cultures: training.map((own, i) => toCulture([...own], i)),
    heldOut: heldOut?.map((own, i) => toCulture([...own.pictures], i)) ?? null,
    modality: theOnly(modalities),
    colours: classes.map((one) => one.colour),
    replicates: training.map((own, i) => ({
      trained: [...new Set(own.flatMap((picture) => picture.replicate ?? []))].sort(),
      heldOut: heldOut?.[i]?.replicate ?? null,
    })),
  };
}

type FetchedPicture = OrderedCulture['images'][number] & OfReplicate;

/** @throws INVALID_ARGUMENT where pictures have gone since the null split was asked for */
function splitInHalves(pictures: readonly FetchedPicture[]): Split<FetchedPicture> {
  const halves = halveReplicates(pictures);
  if (halves === null) {
    throw new CellMixerError(
      'INVALID_ARGUMENT',
      'the replicates of the line cannot be dealt into two halves of two pictures or more',
      { cure: 'Name the replicate of each sample, or take another line.' },
    );
  }
  return {
    training: halves.map((half) => half.training),
    heldOut: halves.map((half) => ({ replicate: half.replicates.join(', '), pictures: half.heldOut })),
  };
}

function theOnly(modalities: ReadonlySet<Modality>): Modality {
  const [modality, other] = modalities;
  if (modality !== undefined && other === undefined) return modality;
  throw new CellMixerError(
    'INVALID_ARGUMENT',
    modality === undefined
      ? 'no picture of the snapshots is left'
      : `the snapshots mix ${modality} and ${other} pictures`,
    { cure: 'Train on pictures that were all taken with the same kind of light.' },
  );
}
