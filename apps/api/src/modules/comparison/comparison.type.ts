import { comparisonText } from '@cellmixer/cellmixer/results';
import { type Comparison, type ComparisonEntry, type ComparisonImage, Prisma } from '@cellmixer/database';
import { type ComparisonResults, comparisonImageSchema, comparisonResultsSchema } from '@cellmixer/jobs';
import type { z } from 'zod';
import { builder } from '../../graphql/builder.ts';
import type { Context } from '../../graphql/context.ts';
import { defineNode } from '../../graphql/node.ts';
import { objectUrl } from '../../graphql/object-url.ts';
import { orNull } from '../../graphql/or-null.ts';
import { rowsFrom } from '../../graphql/rows-from.ts';
import { rowsUnder } from '../../graphql/rows-under.ts';
import { DatasetVersionNode } from '../dataset-version/dataset-version.type.ts';
import {
  type Confusion,
  ConfusionType,
  JudgementType,
  namedScores,
  ScoreType,
} from '../evaluation/scores.type.ts';
import { ImageNode } from '../image/image.type.ts';
import { RunStatusEnum } from '../job/run-status.ts';
import { classesOf } from '../model/classes-of.ts';
import { ModelVersionNode } from '../model/model.type.ts';
import { Person } from '../organization/person.ts';

export const ComparisonNode = defineNode<Comparison>('Comparison');

interface Named {
  /** Model versions in their order. */
  readonly versions: readonly string[];
  readonly classes: readonly string[];
}

interface ComparedClass {
  readonly name: string;
  readonly cells: number;
  readonly fraction: number | null;
  readonly areaFraction: number | null;
}

const ComparedClassType = builder.objectRef<ComparedClass>('ComparedClass').implement({
  description: 'What one model found of one class in all images of a comparison.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Of the class.' }),
    cells: t.exposeInt('cells', { description: 'Cells.' }),
    fraction: t.exposeFloat('fraction', {
      nullable: true,
      description: 'Of the cells that have a class, 0 to 1.',
    }),
    areaFraction: t.exposeFloat('areaFraction', {
      nullable: true,
      description: 'Of the area of cells that have a class, 0 to 1.',
    }),
  }),
});

type ComparedModel = Named & ComparisonResults['models'][number] & { readonly at: number };

const ComparedModelType = builder.objectRef<ComparedModel>('ComparedModel').implement({
  description: 'One model of a comparison.',
  fields: (t) => ({
    modelVersion: t.field({
      type: ModelVersionNode,
      description: 'Which.',
      resolve: ({ versions, at }) => versions[at] ?? '',
    }),
    unassignedCells: t.int({ description: 'Cells without a class.', resolve: ({ cells }) => cells[0] ?? 0 }),
    classes: t.field({
      type: [ComparedClassType],
      description: 'What it found, class by class.',
      resolve: ({ classes, cells, area }) => {
        const share = (values: readonly number[], k: number) => {
          const sum = values.slice(1).reduce((a, b) => a + b, 0);
          return sum > 0 ? (values[k + 1] ?? 0) / sum : null;
        };
        return classes.map((name, k) => ({
          name,
          cells: cells[k + 1] ?? 0,
          fraction: share(cells, k),
          areaFraction: share(area, k),
        }));
      },
    }),
    judgement: t.field({
      type: JudgementType,
      nullable: true,
      description: 'Against the truth; null where no image has an annotation.',
      resolve: ({ judged, classes }) => (judged === null ? null : { judged, classes }),
    }),
  }),
});

interface Agreement extends Named {
  readonly first: number;
  readonly second: number;
  readonly agree: number;
  readonly foreground: number;
  readonly type: number;
  readonly confusion: Confusion | null;
  readonly mapKey: string | null;
}

const AgreementType = builder.objectRef<Agreement>('Agreement').implement({
  description: 'Where two models agree. The three shares add up to 1.',
  fields: (t) => ({
    first: t.field({
      type: ModelVersionNode,
      description: 'One model.',
      resolve: ({ versions, first }) => versions[first] ?? '',
    }),
    second: t.field({
      type: ModelVersionNode,
      description: 'The other.',
      resolve: ({ versions, second }) => versions[second] ?? '',
    }),
    agree: t.exposeFloat('agree', { description: 'Share of pixels that both call the same.' }),
    foreground: t.exposeFloat('foreground', { description: 'Share that one calls cell, the other not.' }),
    type: t.exposeFloat('type', { description: 'Share that both call cell, but of different classes.' }),
    confusion: t.field({
      type: ConfusionType,
      nullable: true,
      description: 'Pixels: rows what the first calls them, columns the second; null for single images.',
      resolve: ({ confusion }) => confusion,
    }),
    mapUrl: t.string({
      nullable: true,
      description:
        'Of a single image: where the map of disagreement, an OME-TIFF pyramid, can be read for ten minutes. 0: both agree; else 1 + first × (classes + 1) + second, with 0 background and 1… the classes.',
      resolve: ({ mapKey }, _args, context) => objectUrl(context, mapKey, 'image/tiff'),
    }),
  }),
});

type Results = Named & { readonly results: ComparisonResults };

const ResultsType = builder.objectRef<Results>('ComparisonResults').implement({
  description: 'What was measured over all images that every model has segmented.',
  fields: (t) => ({
    images: t.int({ description: 'How many images.', resolve: ({ results }) => results.images }),
    models: t.field({
      type: [ComparedModelType],
      description: 'Model by model.',
      resolve: ({ results, ...named }) => results.models.map((model, at) => ({ ...named, ...model, at })),
    }),
    agreements: t.field({
      type: [AgreementType],
      description: 'Every two models.',
      resolve: ({ results, ...named }) =>
        results.pairs.map(({ pixels, ...pair }) => {
          const names = ['background', ...named.classes];
          return {
            ...named,
            ...pair,
            mapKey: null,
            confusion: { rows: names, columns: names, counts: pixels },
          };
        }),
    }),
  }),
});

type ComparedImage = Named & {
  readonly imageId: string;
  readonly results: z.output<typeof comparisonImageSchema>;
};

const ImageScores = builder
  .objectRef<{
    readonly scores: z.output<typeof comparisonImageSchema>['scores'];
    readonly at: number;
  }>('ComparedImageScores')
  .implement({
    description: 'One model’s scores on one image.',
    fields: (t) => ({
      scores: t.field({
        type: [ScoreType],
        description: 'Without intervals.',
        resolve: ({ scores, at }) => namedScores(scores?.[at] ?? {}),
      }),
    }),
  });

const ComparedImageType = builder.objectRef<ComparedImage>('ComparedImage').implement({
  description: 'What the models make of one image.',
  fields: (t) => ({
    image: t.field({
      type: ImageNode,
      nullable: true,
      description: 'Which; null where it was withdrawn.',
      resolve: ({ imageId }, _args, context) => orNull(ImageNode, context, imageId),
    }),
    cells: t.intList({
      description: 'Cells that each model found, in their order.',
      resolve: ({ results }) => results.cells.map((one) => one.reduce((a, b) => a + b, 0)),
    }),
    agreements: t.field({
      type: [AgreementType],
      description: 'Every two models, with the map of where they disagree.',
      resolve: ({ results, ...named }) =>
        results.pairs.map((pair) => ({ ...named, ...pair, confusion: null })),
    }),
    models: t.field({
      type: [ImageScores],
      nullable: true,
      description: 'Against the truth, in the models’ order; null without annotation.',
      resolve: ({ results }) =>
        results.scores === null ? null : results.scores.map((_, at) => ({ scores: results.scores, at })),
    }),
  }),
});

ComparisonNode.implement({
  description: 'Models over the same images, side by side.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Shown everywhere.' }),
    status: t.expose('status', { type: RunStatusEnum, description: 'Where it stands.' }),
    errorCode: t.exposeString('errorCode', { nullable: true, description: 'Why it failed.' }),
    errorMessage: t.exposeString('errorMessage', { nullable: true, description: 'The same in words.' }),
    errorCure: t.exposeString('errorCure', { nullable: true, description: 'What to do about it.' }),
    revision: t.exposeInt('revision', { description: 'Counts the decisions.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
    datasetVersion: t.field({
      type: DatasetVersionNode,
      nullable: true,
      description:
        'The snapshot whose images are compared; null where it was deleted or is not lent any more.',
      resolve: (row, _args, context) => orNull(DatasetVersionNode, context, row.datasetVersionId),
    }),
    modelVersions: t.field({
      type: [ModelVersionNode],
      description: 'The models in their order.',
      resolve: async (row, _args, context) => [...(await namesOf(row, context)).versions],
    }),
    results: t.field({
      type: ResultsType,
      nullable: true,
      description: 'What was measured; null until it has ended well.',
      resolve: async (row, _args, context) =>
        row.results === null
          ? null
          : { ...(await namesOf(row, context)), results: comparisonResultsSchema.parse(row.results) },
    }),
    images: t.field({
      type: [ComparedImageType],
      description: 'Image by image, at most 100 from a place on.',
      args: { from: t.arg.int({ required: false, description: 'The place of the first, from 0.' }) },
      resolve: async (row, { from }, context) => {
        const named = await namesOf(row, context);
        const under = { table: 'ComparisonImage', parent: 'comparisonId', most: 100 } as const;
        const rows = await rowsFrom<ComparisonImage>(context, under, row.id, from);
        return rows.map((one) => ({
          ...named,
          imageId: one.imageId,
          results: comparisonImageSchema.parse(one.results),
        }));
      },
    }),
    methods: t.string({
      nullable: true,
      description: 'The paragraph for a paper; null until it has ended well.',
      resolve: async (row, _args, { database }) => {
        if (row.results === null) return null;
        const { images, models } = comparisonResultsSchema.parse(row.results);
        const entries = await database.comparisonEntry.findMany({
          where: { comparisonId: row.id },
          orderBy: { position: 'asc' },
          include: { modelVersion: { include: { model: true } } },
        });
        return comparisonText({
          models: entries.map(({ modelVersion: { model, number, checksum } }) => ({
            name: `“${model.name}” v${number}`,
            checksum,
          })),
          classes: entries[0]?.modelVersion.classes ?? [],
          images,
          judged: models[0]?.judged?.images ?? 0,
        });
      },
    }),
    acceptedVersion: t.field({
      type: ModelVersionNode,
      nullable: true,
      description: 'The model that somebody decided for.',
      resolve: (row, _args, context) => orNull(ModelVersionNode, context, row.acceptedVersionId),
    }),
    acceptedWhy: t.exposeString('acceptedWhy', { nullable: true, description: 'Why.' }),
    acceptedAt: t.expose('acceptedAt', { type: 'DateTime', nullable: true, description: 'When.' }),
    acceptedBy: t.string({
      nullable: true,
      description: 'Who.',
      resolve: async (row, _args, context) =>
        row.acceptedById === null ? null : (await Person.loaderOf(context).load(row.acceptedById)).name,
    }),
  }),
});

async function namesOf({ id }: Comparison, context: Context): Promise<Named> {
  const entries = await rowsUnder<ComparisonEntry>(
    context,
    { table: 'ComparisonEntry', parent: 'comparisonId', order: Prisma.sql`t.position`, most: 100 },
    id,
  );
  const [first] = entries;
  return {
    versions: entries.map((entry) => entry.modelVersionId),
    classes: first === undefined ? [] : await classesOf(context, first.modelVersionId),
  };
}
