import { join } from 'node:path';
import { disagreement } from '@cellmixer/cellmixer';
import type { Prisma } from '@cellmixer/database';
import { CellMixerError } from '@cellmixer/errors';
import { readClassMap } from '@cellmixer/imaging';
import { type Handler, succeed, tell } from '@cellmixer/jobs';
import type { ClassMap } from '@cellmixer/pixels';
import { fetchObject } from '../fetch-object.ts';
import type { Parts } from '../parts.ts';
import { withFolder } from '../scratch-folder.ts';

interface Entry {
  readonly modelVersionId: string;
  readonly model: string;
  readonly classes: readonly string[];
}

/** Measures where the models of a comparison agree with the first, image by image. */
export function compare(parts: Parts): Handler<'COMPARE'> {
  const { database, storage } = parts;
  return ({ comparisonId }, { job, signal, progress }) =>
    withFolder(parts, async (folder) => {
      const comparison = await database.comparison.findUniqueOrThrow({
        where: { id: comparisonId },
        include: {
          entries: { orderBy: { position: 'asc' }, include: { modelVersion: { include: { model: true } } } },
        },
      });
      const entries: Entry[] = comparison.entries.map(({ modelVersionId, modelVersion }) => ({
        modelVersionId,
        model: `${modelVersion.model.name} v${modelVersion.number}`,
        classes: modelVersion.classes,
      }));
      demandSameClasses(entries);
      const rows = await database.segmentation.findMany({
        where: {
          projectId: comparison.projectId,
          status: 'SUCCEEDED',
          modelVersionId: { in: entries.map((entry) => entry.modelVersionId) },
          image: { versionItems: { some: { versionId: comparison.datasetVersionId } } },
        },
        include: { image: { include: { sample: true } } },
        orderBy: { imageId: 'asc' },
      });
      const byImage = [...Map.groupBy(rows, (row) => row.imageId)];
      const images: Prisma.InputJsonObject[] = [];
      for (const [at, [imageId, found]] of byImage.entries()) {
        progress({ done: at, total: byImage.length, secondsLeft: null });
        const maps: ClassMap[] = [];
        for (const { modelVersionId } of entries) {
          const row = found.find((one) => one.modelVersionId === modelVersionId);
          if (row?.classMapKey == null) break;
          const file = join(folder, 'map.ome.tiff');
          await fetchObject(storage, row.classMapKey, file, signal);
          maps.push(await readClassMap(file));
        }
        const [first, ...others] = maps;
        if (first === undefined || maps.length !== entries.length) continue;
        images.push({
          imageId,
          name: found[0]?.image.name ?? '',
          sample: found[0]?.image.sample?.name ?? null,
          cells: entries.map(
            (entry) => found.find((r) => r.modelVersionId === entry.modelVersionId)?.cellCount ?? 0,
          ),
          disagreement: others.map((other) => {
            const { agree, foreground, type } = disagreement(first, other);
            return { agree, foreground, type };
          }),
        });
      }
      if (images.length === 0) {
        throw new CellMixerError('INVALID_ARGUMENT', 'no image was segmented by all of these models', {
          cure: 'Segment the snapshot with each of them first.',
        });
      }
      const results = {
        models: entries.map(({ modelVersionId, model, classes }) => ({
          modelVersionId,
          model,
          classes: [...classes],
        })),
        images,
      };
      await succeed(database, job, async (tx) => {
        await tx.comparison.update({ where: { id: comparisonId }, data: { results } });
        await tell(tx, 'Comparison', comparisonId);
      });
    });
}

function demandSameClasses(entries: readonly Entry[]): void {
  const [first, ...others] = entries;
  const odd = others.find((entry) => entry.classes.join('\n') !== first?.classes.join('\n'));
  if (odd === undefined) return;
  throw new CellMixerError(
    'INVALID_ARGUMENT',
    `"${odd.model}" tells apart other classes than "${first?.model}"`,
    {
      subject: odd.model,
      cure: 'Compare models that were trained with the same classes in the same order.',
    },
  );
}
