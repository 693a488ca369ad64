import { join } from 'node:path';
import type { MainJobModel } from '@cellmixer/api-client';
import { evaluate, modelMetadataSchema, type PictureCounts } from '@cellmixer/cellmixer';
import { CellMixerError } from '@cellmixer/errors';
import { readClassMap, readLabelMap } from '@cellmixer/imaging';
import { z } from 'zod';
import type { TestPicture } from './demo-data.ts';
import type { DemoMethod, DemoRun } from './demo-result.ts';
import { fetchFile } from './fetch-file.ts';

export interface ReadRunOptions {
  readonly method: DemoMethod;
  readonly mixtures: readonly TestPicture[];
  /** Ids of the images, by the paths of their files. */
  readonly images: ReadonlyMap<string, string>;
  /** In the order of the mixtures. */
  readonly counts: readonly PictureCounts[];
  readonly seconds: number;
  /** Where the maps are put. */
  readonly folder: string;
  readonly signal: AbortSignal;
}

const cardShape = z.object({ run: modelMetadataSchema.shape.run.omit({ pictures: true }) });

/** Fetches the maps that a model has made on the server, for the report to show. */
export async function readRun(model: MainJobModel, options: ReadRunOptions): Promise<DemoRun> {
  const { method, mixtures, images, counts, seconds } = options;
  const byImage = new Map(model.results.segmentations.map((one) => [one.image.id, one]));
  const fetchMap = (url: string, name: string) => fetchFile(url, join(options.folder, name), options.signal);
  const found: DemoRun['found'][number][] = [];
  for (const { path, name } of mixtures) {
    const segmentation = byImage.get(images.get(path) ?? '');
    if (segmentation === undefined) {
      throw new CellMixerError('RUN_FAILED', `"${name}" was not segmented by ${method}`, { subject: name });
    }
    found.push({
      classMap: await readClassMap(await fetchMap(segmentation.classMapUrl, `${name}.classes.tiff`)),
      instances: await readLabelMap(await fetchMap(segmentation.instancesUrl, `${name}.instances.tiff`)),
    });
  }
  return {
    method,
    settings: cardShape.parse(model.modelVersion.card).run,
    seconds,
    losses: model.metrics.map(({ step, foregroundLoss, typeLoss }) => ({
      step,
      foreground: foregroundLoss ?? Number.NaN,
      type: typeLoss ?? Number.NaN,
    })),
    found,
    counts,
    evaluation: evaluate(counts),
  };
}
