import { join } from 'node:path';
import { foregroundParametersSchema } from '@cellmixer/cellmixer/foreground';
import type { Modality } from '@cellmixer/database';
import { CellMixerError } from '@cellmixer/errors';
import { fetchObject } from '../fetch-object.ts';
import { fileName } from '../file-name.ts';
import type { Parts } from '../parts.ts';
import type { TrainingOrder } from './training-process.ts';

/** The pictures of a run, class by class, fetched into a folder and checked against the snapshot's checksums. */
export async function fetchCultures(
  { database, storage }: Parts,
  runId: string,
  folder: string,
  signal: AbortSignal,
): Promise<{ readonly cultures: TrainingOrder['cultures']; readonly modality: Modality }> {
  const classes = await database.trainingClass.findMany({
    where: { runId },
    orderBy: { position: 'asc' },
    include: { sources: { orderBy: [{ versionId: 'asc' }, { cellLineId: 'asc' }] } },
  });
  const cultures: { type: string; images: TrainingOrder['cultures'][number]['images'] }[] = [];
  const modalities = new Set<Modality>();
  for (const one of classes) {
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
    for (const { image, checksum, sampleName, foreground } of items) {
      modalities.add(image.dataset.modality);
      const file = join(folder, fileName(image.id, image.name));
      const found = await fetchObject(storage, image.originalKey ?? '', file, signal);
      if (found !== checksum) {
        throw new CellMixerError('CHECKSUM_MISMATCH', `"${image.name}" is not what the snapshot holds`, {
          subject: image.name,
          cure: 'Take a new snapshot, and train on that.',
        });
      }
      images.push({
        file,
        name: image.name,
        sample: sampleName,
        foreground: foreground === null ? null : foregroundParametersSchema.parse(foreground.parameters),
      });
    }
    cultures.push({ type: one.name, images });
  }
  const [modality, other] = modalities;
  if (modality === undefined || other !== undefined) {
    throw new CellMixerError(
      'INVALID_ARGUMENT',
      modality === undefined
        ? 'no picture of the snapshots is left'
        : `the snapshots mix ${modality} and ${other} pictures`,
      { cure: 'Train on pictures that were all taken with the same kind of light.' },
    );
  }
  return { cultures, modality };
}
