import { compareRuns, countPicture, metricsOf, type PictureCounts } from '@cellmixer/cellmixer';
import type { ModelVersion } from '@cellmixer/database';
import { CellMixerError } from '@cellmixer/errors';
import { type EvaluationResults, type Handler, succeed } from '@cellmixer/jobs';
import { attemptKey } from '@cellmixer/storage';
import type { Parts } from '../parts.ts';
import { withFolder } from '../scratch-folder.ts';
import { byMetric, judgeModel, storedInterval, storedScores } from './judge-model.ts';
import { predictImage } from './predict-image.ts';
import { annotatedImages, classesOfLines, readTruth } from './read-truth.ts';

/** Scores a model version, and its baseline beside it, on the annotated images of a snapshot. */
export function evaluateModel(parts: Parts): Handler<'EVALUATE'> {
  const { database, storage } = parts;
  return ({ evaluationId }, { job, signal, progress }) =>
    withFolder(parts, async (folder) => {
      const row = await database.evaluation.findUniqueOrThrow({
        where: { id: evaluationId },
        include: { modelVersion: true },
      });
      const model = row.modelVersion;
      const baseline =
        row.baselineVersionId === null
          ? null
          : await database.modelVersion.findUniqueOrThrow({ where: { id: row.baselineVersionId } });
      const images = await annotatedImages(database, row);
      if (images.length === 0) {
        throw new CellMixerError('INVALID_ARGUMENT', 'no image of the snapshot has an annotation', {
          cure: 'Upload maps of the true classes, and take a new snapshot.',
        });
      }
      const lines = await classesOfLines(database, model.trainingRunId);
      const ours: PictureCounts[] = [];
      const theirs: PictureCounts[] = [];
      for (const [at, image] of images.entries()) {
        signal.throwIfAborted();
        progress({ done: at, total: images.length, secondsLeft: null });
        const place = { folder, signal };
        const truth = await readTruth(parts, image, lines, place);
        const count = async (one: ModelVersion) =>
          countPicture(
            truth,
            await predictImage(
              parts,
              { projectId: row.projectId, imageId: image.imageId, model: one },
              place,
            ),
            model.classes.length,
          );
        ours.push(await count(model));
        if (baseline !== null) theirs.push(await count(baseline));
      }
      const types = model.classes.length;
      const results: EvaluationResults = {
        model: judgeModel(ours, types),
        baseline: baseline === null ? null : judgeModel(theirs, types),
        gain:
          baseline === null
            ? null
            : byMetric((name) => storedInterval(compareRuns(ours, theirs, name).difference)),
      };
      const reportKey = attemptKey(job.id, job.attempt, 'evaluation.json');
      const report = {
        classes: model.classes,
        ...results,
        counts: { model: ours, baseline: theirs },
        images,
      };
      await storage.put(reportKey, Buffer.from(JSON.stringify(report, plainArrays)), {
        contentType: 'application/json',
      });
      await succeed(database, job, async (tx) => {
        await tx.evaluationImage.deleteMany({ where: { evaluationId } });
        await tx.evaluationImage.createMany({
          data: images.map((image, position) => {
            const [counts, other] = [ours[position], theirs[position]];
            return {
              ...{ evaluationId, position, imageId: image.imageId },
              scores: {
                sample: image.sample,
                model: counts === undefined ? {} : storedScores(metricsOf([counts])),
                baseline: other === undefined ? null : storedScores(metricsOf([other])),
              },
            };
          }),
        });
        await tx.evaluation.update({
          where: { id: evaluationId },
          data: { results, reportKey, images: images.length },
        });
      });
    });
}

function plainArrays(_key: string, value: unknown): unknown {
  return value instanceof Float64Array ? [...value] : value;
}
