import { join } from 'node:path';
import {
  type Confusion,
  confusion,
  countPicture,
  disagreement,
  emptyConfusion,
  metricsOf,
  type PictureCounts,
  type PictureTruth,
  pool,
} from '@cellmixer/cellmixer';
import { CellMixerError } from '@cellmixer/errors';
import { readClassMap, writeLabelPyramid } from '@cellmixer/imaging';
import { type ComparisonImageResults, type ComparisonResults, type Handler, succeed } from '@cellmixer/jobs';
import type { ClassMap } from '@cellmixer/pixels';
import { attemptKey } from '@cellmixer/storage';
import { judgeModel, rowsOf, storedScores } from '../evaluate/judge-model.ts';
import { annotatedImages, classesOfLines, readTruth } from '../evaluate/read-truth.ts';
import { fetchObject } from '../fetch-object.ts';
import type { Parts } from '../parts.ts';
import { putFile } from '../put-file.ts';
import { withFolder } from '../scratch-folder.ts';
import { classPairs } from './class-pairs.ts';

interface Entry {
  readonly modelVersionId: string;
  readonly trainingRunId: string | null;
  readonly model: string;
  readonly classes: readonly string[];
}

/** Measures what models make of the same images: classes, where they disagree, and the truth where it is known. */
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
        trainingRunId: modelVersion.trainingRunId,
        model: `${modelVersion.model.name} v${modelVersion.number}`,
        classes: modelVersion.classes,
      }));
      demandSameClasses(entries);
      const types = entries[0]?.classes.length ?? 0;
      const pairs = entries.flatMap((_, first) =>
        entries.slice(first + 1).map((_, i) => ({ first, second: first + 1 + i })),
      );
      const rows = await database.segmentation.findMany({
        where: {
          projectId: comparison.projectId,
          status: 'SUCCEEDED',
          deletedAt: null,
          modelVersionId: { in: entries.map((entry) => entry.modelVersionId) },
          image: { deletedAt: null, versionItems: { some: { versionId: comparison.datasetVersionId } } },
        },
        include: { image: true, counts: { where: { revision: 0 }, orderBy: { position: 'asc' } } },
        // Of several settings the last.
        orderBy: [{ imageId: 'asc' }, { createdAt: 'desc' }],
      });
      const lines = await classesOfLines(database, entries[0]?.trainingRunId ?? null);
      const truths = new Map(
        (await annotatedImages(database, comparison)).map((image) => [image.imageId, image]),
      );
      const images: { imageId: string; results: ComparisonImageResults }[] = [];
      const pixels = pairs.map(() => emptyConfusion(types));
      const counts: PictureCounts[][] = entries.map(() => []);
      const sums = entries.map(() => ({ cells: zeros(types), area: zeros(types) }));
      const byImage = [...Map.groupBy(rows, (row) => row.imageId)];
      for (const [at, [imageId, found]] of byImage.entries()) {
        signal.throwIfAborted();
        progress({ done: at, total: byImage.length, secondsLeft: null });
        const own = entries.flatMap((entry) => {
          const row = found.find((one) => one.modelVersionId === entry.modelVersionId);
          return row?.classMapKey == null ? [] : [{ ...row, classMapKey: row.classMapKey }];
        });
        if (own.length !== entries.length) continue;
        const maps: ClassMap[] = [];
        for (const { classMapKey } of own) {
          const file = join(folder, 'map.ome.tiff');
          await fetchObject(storage, classMapKey, file, signal);
          maps.push(await readClassMap(file));
        }
        const annotated = truths.get(imageId);
        const truth: PictureTruth | null =
          annotated === undefined ? null : await readTruth(parts, annotated, lines, { folder, signal });
        const scores = maps.map((classMap, m) => {
          if (truth === null) return null;
          const counted = countPicture(truth, { classMap }, types);
          counts[m]?.push(counted);
          return storedScores(metricsOf([counted]));
        });
        const agreements: ComparisonImageResults['pairs'] = [];
        for (const [p, { first, second }] of pairs.entries()) {
          const [a, b] = [maps[first], maps[second]];
          if (a === undefined || b === undefined) continue;
          pixels[p] = pool([pixels[p] as Confusion, confusion(a, b, types)]);
          const { agree, foreground, type } = disagreement(a, b);
          const path = join(folder, 'pairs.ome.tiff');
          await writeLabelPyramid({ path, map: classPairs(a, b, types), pixelSizeUm: null, signal });
          const mapKey = attemptKey(job.id, job.attempt, `${at}-${first}-${second}.ome.tiff`);
          await putFile(storage, mapKey, path, 'image/tiff');
          agreements.push({ first, second, agree, foreground, type, mapKey });
        }
        for (const [m, row] of own.entries()) {
          for (const { position, cells, area } of row.counts) {
            const sum = sums[m];
            if (sum === undefined) continue;
            sum.cells[position] = (sum.cells[position] ?? 0) + cells;
            sum.area[position] = (sum.area[position] ?? 0) + area;
          }
        }
        images.push({
          imageId,
          results: {
            cells: own.map((row) => row.counts.map((count) => count.cells)),
            scores: truth === null ? null : scores.flatMap((one) => (one === null ? [] : [one])),
            pairs: agreements,
          },
        });
      }
      if (images.length === 0) {
        throw new CellMixerError('INVALID_ARGUMENT', 'no image was segmented by all of these models', {
          cure: 'Segment the snapshot with each of them first.',
        });
      }
      const mean = (of: (pair: ComparisonImageResults['pairs'][number]) => number, p: number) =>
        images.reduce((sum, { results }) => sum + (results.pairs[p] ? of(results.pairs[p]) : 0), 0) /
        images.length;
      const results: ComparisonResults = {
        images: images.length,
        models: sums.map((sum, m) => ({
          ...sum,
          judged: counts[m]?.length ? judgeModel(counts[m], types) : null,
        })),
        pairs: pairs.map(({ first, second }, p) => ({
          ...{ first, second },
          agree: mean((pair) => pair.agree, p),
          foreground: mean((pair) => pair.foreground, p),
          type: mean((pair) => pair.type, p),
          pixels: rowsOf(pixels[p]?.counts ?? new Float64Array(0), types + 1),
        })),
      };
      await succeed(database, job, async (tx) => {
        await tx.comparisonImage.deleteMany({ where: { comparisonId } });
        await tx.comparisonImage.createMany({
          data: images.map((image, position) => ({ comparisonId, position, ...image })),
        });
        await tx.comparison.update({ where: { id: comparisonId }, data: { results } });
      });
    });
}

function zeros(types: number): number[] {
  return new Array<number>(types + 1).fill(0);
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
