import { join } from 'node:path';
import type { PicturePrediction } from '@cellmixer/cellmixer';
import type { ModelVersion } from '@cellmixer/database';
import { readClassMap, readLabelMap } from '@cellmixer/imaging';
import { fetchObject } from '../fetch-object.ts';
import type { Parts } from '../parts.ts';
import { findCells } from '../segment/find-cells.ts';

const settings = { threshold: 0.5 };

/** What a model finds in an image with the usual settings: as it was segmented in this project, else anew. */
export async function predictImage(
  parts: Parts,
  {
    projectId,
    imageId,
    model,
  }: {
    readonly projectId: string;
    readonly imageId: string;
    readonly model: ModelVersion;
  },
  { folder, signal }: { readonly folder: string; readonly signal: AbortSignal },
): Promise<PicturePrediction> {
  const { database, storage } = parts;
  const known = await database.segmentation.findFirst({
    where: {
      ...{ projectId, imageId, modelVersionId: model.id, status: 'SUCCEEDED', deletedAt: null },
      settings: { equals: settings },
    },
  });
  if (known?.classMapKey != null && known.instancesKey !== null) {
    const file = join(folder, 'map.ome.tiff');
    await fetchObject(storage, known.classMapKey, file, signal);
    const classMap = await readClassMap(file);
    await fetchObject(storage, known.instancesKey, file, signal);
    return { classMap, instances: await readLabelMap(file) };
  }
  const image = await database.image.findUniqueOrThrow({ where: { id: imageId } });
  const { found } = await findCells(parts, image, model, settings, { folder, signal });
  return found;
}
