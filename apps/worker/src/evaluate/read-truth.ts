import { join } from 'node:path';
import type { PictureTruth } from '@cellmixer/cellmixer';
import type { Comparison, Database, Evaluation } from '@cellmixer/database';
import { CellMixerError } from '@cellmixer/errors';
import { readClassMap, readLabelMap } from '@cellmixer/imaging';
import type { ClassMap, LabelMap } from '@cellmixer/pixels';
import { fileOf } from '@cellmixer/sample-names';
import { z } from 'zod';
import { fetchObject } from '../fetch-object.ts';
import { lentVersions, numbered } from '../lent-names.ts';
import type { Parts } from '../parts.ts';

const IGNORED = 255;
const classesSchema = z.record(z.string(), z.string());

export interface AnnotatedImage {
  readonly imageId: string;
  readonly name: string;
  readonly sample: string | null;
  /** The one line of a pure culture. */
  readonly cellLineId: string | null;
  readonly classMap: { readonly objectKey: string; readonly classes: unknown } | null;
  readonly instances: { readonly objectKey: string; readonly classes: unknown } | null;
}

/** The images of the snapshot of an evaluation or comparison that had a truth when it was taken, with the newest maps of that moment. */
export async function annotatedImages(
  database: Database,
  { projectId, datasetVersionId: versionId }: Pick<Evaluation | Comparison, 'projectId' | 'datasetVersionId'>,
): Promise<AnnotatedImage[]> {
  const isLent = (await lentVersions(database, projectId, [versionId])).has(versionId);
  const lentSample = numbered('lent sample');
  const items = await database.datasetVersionItem.findMany({
    where: { versionId, annotationRevision: { not: null }, image: { deletedAt: null } },
    orderBy: { id: 'asc' },
    include: {
      image: {
        include: { annotations: { where: { deletedAt: null }, orderBy: { revision: 'desc' } } },
      },
    },
  });
  return items.flatMap(({ image, imageId, sampleName, cellLineId, annotationRevision }) => {
    const known = image.annotations.filter((one) => one.revision <= (annotationRevision ?? 0));
    const classMap = known.find((one) => one.kind === 'CLASS_MAP') ?? null;
    const instances = known.find((one) => one.kind === 'INSTANCE_MAP') ?? null;
    if (classMap === null && instances === null) return [];
    // Time points of one file are not independent, with or without a sample.
    const name = isLent ? lentSample(sampleName) : sampleName;
    const sample = name ?? (image.seriesId === null ? null : fileOf(image.name));
    return [{ imageId, name: image.name, sample, cellLineId, classMap, instances }];
  });
}

/** The class 1… of each line that a model version was trained on. */
export async function classesOfLines(
  database: Database,
  trainingRunId: string | null,
): Promise<ReadonlyMap<string, number>> {
  const sources = await database.trainingSource.findMany({
    where: { runId: trainingRunId ?? '00000000-0000-0000-0000-000000000000' },
    select: { cellLineId: true, class: { select: { position: true } } },
  });
  return new Map(sources.map((source) => [source.cellLineId, source.class.position + 1]));
}

/** The truth in a model's own classes; lines that it does not know are ignored. */
export async function readTruth(
  { storage }: Pick<Parts, 'storage'>,
  image: AnnotatedImage,
  lines: ReadonlyMap<string, number>,
  { folder, signal }: { readonly folder: string; readonly signal: AbortSignal },
): Promise<PictureTruth> {
  const fetch = async (key: string) => {
    const file = join(folder, 'truth');
    await fetchObject(storage, key, file, signal);
    return file;
  };
  const instances =
    image.instances === null ? null : await readLabelMap(await fetch(image.instances.objectKey));
  const classMap =
    image.classMap === null
      ? typesOfInstances(instances, image, lines)
      : recode(
          await readClassMap(await fetch(image.classMap.objectKey)),
          classesSchema.parse(image.classMap.classes),
          lines,
        );
  return {
    name: image.imageId,
    sample: image.sample,
    classMap,
    ...(instances === null ? {} : { instances }),
  };
}

function recode(
  map: ClassMap,
  classes: Readonly<Record<string, string>>,
  lines: ReadonlyMap<string, number>,
): ClassMap {
  const table = Uint8Array.from({ length: 256 }, (_, value) =>
    value === 0 ? 0 : (lines.get(classes[value] ?? '') ?? IGNORED),
  );
  return { ...map, data: map.data.map((value) => table[value] ?? IGNORED) };
}

/** Instances whose line is told one by one, or by the pure culture that the image shows. */
function typesOfInstances(
  instances: LabelMap | null,
  image: AnnotatedImage,
  lines: ReadonlyMap<string, number>,
): ClassMap {
  if (instances === null)
    throw new CellMixerError('INVALID_ARGUMENT', `"${image.name}" has no map of classes or instances`);
  const classes = classesSchema.parse(image.instances?.classes);
  const data = Uint8Array.from(instances.data, (label) =>
    label === 0 ? 0 : (lines.get(classes[label] ?? image.cellLineId ?? '') ?? IGNORED),
  );
  return { width: instances.width, height: instances.height, data };
}
