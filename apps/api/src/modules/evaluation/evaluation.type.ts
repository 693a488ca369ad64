import type { Evaluation, EvaluationImage } from '@cellmixer/database';
import { type EvaluationResults, evaluationImageSchema, evaluationResultsSchema } from '@cellmixer/jobs';
import type { z } from 'zod';
import { builder } from '../../graphql/builder.ts';
import { listUnder, pageWords } from '../../graphql/connection.ts';
import { newest } from '../../graphql/newest.ts';
import { defineNode } from '../../graphql/node.ts';
import { objectUrl } from '../../graphql/object-url.ts';
import { orNull } from '../../graphql/or-null.ts';
import { rowsFrom } from '../../graphql/rows-from.ts';
import { DatasetVersionNode } from '../dataset-version/dataset-version.type.ts';
import { ImageNode } from '../image/image.type.ts';
import { RunStatusEnum } from '../job/run-status.ts';
import { classesOf } from '../model/classes-of.ts';
import { ModelVersionNode } from '../model/model.type.ts';
import { JudgementType, namedIntervals, namedScores, ScoreType } from './scores.type.ts';

export const EvaluationNode = defineNode<Evaluation>('Evaluation');

interface Results {
  readonly results: EvaluationResults;
  readonly classes: readonly string[];
}

const ResultsType = builder.objectRef<Results>('EvaluationResults').implement({
  description: 'What an evaluation has measured.',
  fields: (t) => ({
    model: t.field({
      type: JudgementType,
      description: 'The model.',
      resolve: ({ results, classes }) => ({ judged: results.model, classes }),
    }),
    baseline: t.field({
      type: JudgementType,
      nullable: true,
      description: 'Its baseline on the same images.',
      resolve: ({ results, classes }) =>
        results.baseline === null ? null : { judged: results.baseline, classes },
    }),
    gain: t.field({
      type: [ScoreType],
      nullable: true,
      description: 'The model minus its baseline; intervals draw the same samples for both.',
      resolve: ({ results }) => (results.gain === null ? null : namedIntervals(results.gain)),
    }),
  }),
});

interface ImageScores {
  readonly imageId: string;
  readonly scores: z.output<typeof evaluationImageSchema>;
}

const ImageScoresType = builder.objectRef<ImageScores>('EvaluatedImage').implement({
  description: 'The scores of one annotated image.',
  fields: (t) => ({
    image: t.field({
      type: ImageNode,
      nullable: true,
      description: 'Which image; null where it was withdrawn.',
      resolve: ({ imageId }, _args, context) => orNull(ImageNode, context, imageId),
    }),
    sampleName: t.string({
      nullable: true,
      description: 'Its sample; numbered (`lent sample 1`) where another lab has lent it.',
      resolve: ({ scores }) => scores.sample,
    }),
    model: t.field({
      type: [ScoreType],
      description: 'The model’s; without intervals.',
      resolve: ({ scores }) => namedScores(scores.model),
    }),
    baseline: t.field({
      type: [ScoreType],
      nullable: true,
      description: 'The baseline’s.',
      resolve: ({ scores }) => (scores.baseline === null ? null : namedScores(scores.baseline)),
    }),
  }),
});

EvaluationNode.implement({
  description: 'A model version scored on the annotated images of a snapshot.',
  fields: (t) => ({
    status: t.expose('status', { type: RunStatusEnum, description: 'Where it stands.' }),
    errorCode: t.exposeString('errorCode', { nullable: true, description: 'Why it failed.' }),
    errorMessage: t.exposeString('errorMessage', { nullable: true, description: 'The same in words.' }),
    errorCure: t.exposeString('errorCure', { nullable: true, description: 'What to do about it.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was asked for.' }),
    finishedAt: t.expose('finishedAt', { type: 'DateTime', nullable: true, description: 'When it ended.' }),
    modelVersion: t.field({
      type: ModelVersionNode,
      description: 'What is scored.',
      resolve: (row) => row.modelVersionId,
    }),
    baselineVersion: t.field({
      type: ModelVersionNode,
      nullable: true,
      description: 'Its baseline, where it has one.',
      resolve: (row, _args, context) => orNull(ModelVersionNode, context, row.baselineVersionId),
    }),
    datasetVersion: t.field({
      type: DatasetVersionNode,
      nullable: true,
      description:
        'The snapshot whose annotations are the truth; null where it was deleted or is not lent any more.',
      resolve: (row, _args, context) => orNull(DatasetVersionNode, context, row.datasetVersionId),
    }),
    results: t.field({
      type: ResultsType,
      nullable: true,
      description: 'What was measured; null until it has ended well.',
      resolve: async (row, _args, context) =>
        row.results === null
          ? null
          : {
              results: evaluationResultsSchema.parse(row.results),
              classes: await classesOf(context, row.modelVersionId),
            },
    }),
    images: t.field({
      type: [ImageScoresType],
      description: 'Scores image by image, at most 500 from a place on.',
      args: { from: t.arg.int({ required: false, description: 'The place of the first, from 0.' }) },
      resolve: async (row, { from }, context) => {
        const under = { table: 'EvaluationImage', parent: 'evaluationId', most: 500 } as const;
        const rows = await rowsFrom<EvaluationImage>(context, under, row.id, from);
        return rows.map((one) => ({
          imageId: one.imageId,
          scores: evaluationImageSchema.parse(one.scores),
        }));
      },
    }),
    reportUrl: t.string({
      nullable: true,
      description:
        'Where everything as one JSON file, counts of every image too, can be read for ten minutes.',
      resolve: (row, _args, context) =>
        objectUrl(context, row.reportKey, 'application/json', 'evaluation.json'),
    }),
  }),
});

builder.objectField(ModelVersionNode, 'evaluations', (t) =>
  t.connection({
    type: EvaluationNode,
    description: `Its scores on annotated images, newest first. ${pageWords}`,
    resolve: (row, args, context) => listUnder(context, newest('Evaluation', 'modelVersionId'), row, args),
  }),
);
