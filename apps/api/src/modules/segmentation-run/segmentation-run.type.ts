import { compositionTable, methodsText } from '@cellmixer/cellmixer/results';
import { newestFirst, Prisma, runFacts, type SegmentationRun } from '@cellmixer/database';
import { z } from 'zod';
import { listUnder, pageWords } from '../../graphql/connection.ts';
import { defineNode } from '../../graphql/node.ts';
import { orNull } from '../../graphql/or-null.ts';
import { loadTogether } from '../../graphql/request-loader.ts';
import { DatasetVersionNode } from '../dataset-version/dataset-version.type.ts';
import { withdrawnImages } from '../image/withdrawn-images.ts';
import { RunStatusEnum } from '../job/run-status.ts';
import { ModelVersionNode } from '../model/model.type.ts';
import { CompositionGroupingEnum, CompositionGroupType } from './composition.type.ts';
import { runComposition } from './run-composition.ts';
import { SegmentationNode } from './segmentation.type.ts';

export const SegmentationRunNode = defineNode<SegmentationRun>('SegmentationRun');

const settingsSchema = z.object({ threshold: z.number() });

/** More than anybody reads; a plate has 384 wells. */
const MOST_GROUPS = 2000;

SegmentationRunNode.implement({
  description: 'A model over the images of a snapshot.',
  fields: (t) => ({
    status: t.expose('status', { type: RunStatusEnum, description: 'Where it stands.' }),
    total: t.exposeInt('total', { description: 'Images in all.' }),
    done: t.exposeInt('done', { description: 'Images that ended well.' }),
    failed: t.exposeInt('failed', { description: 'Images that failed.' }),
    withdrawn: t.int({
      description:
        'How many of its images were deleted since. Its compositions leave them out; what was counted in each stays with its segmentation.',
      resolve: (run, _args, context) =>
        loadTogether(context, 'withdrawn images of SegmentationRun', run.id, (ids) =>
          withdrawnImages(context.database, 'SegmentationRun', ids),
        ),
    }),
    threshold: t.float({
      description: 'Probability from which a pixel is cell, 0 to 1.',
      resolve: (row) => settingsSchema.parse(row.settings).threshold,
    }),
    revision: t.exposeInt('revision', { description: 'Counts the changes.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was asked for.' }),
    startedAt: t.expose('startedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When its first image was taken up.',
    }),
    finishedAt: t.expose('finishedAt', { type: 'DateTime', nullable: true, description: 'When it ended.' }),
    secondsLeft: t.float({
      nullable: true,
      description: 'Estimated seconds to the end, from its own speed so far.',
      resolve: ({ status, total, done, failed, startedAt }) => {
        const over = done + failed;
        if (status !== 'RUNNING' || startedAt === null || over === 0) return null;
        return ((Date.now() - startedAt.getTime()) / 1000 / over) * (total - over);
      },
    }),
    modelVersion: t.field({
      type: ModelVersionNode,
      description: 'By what.',
      resolve: (row) => row.modelVersionId,
    }),
    datasetVersion: t.field({
      type: DatasetVersionNode,
      nullable: true,
      description:
        'The snapshot whose images are segmented; null where it was deleted or is not lent any more.',
      resolve: (row, _args, context) => orNull(DatasetVersionNode, context, row.datasetVersionId),
    }),
    composition: t.field({
      type: [CompositionGroupType],
      description: `Cells by class, added up over the images that are done; at most ${MOST_GROUPS} groups. Samples give plate maps, and points of dose and time curves.`,
      args: {
        by: t.arg({ type: CompositionGroupingEnum, description: 'What is added up.' }),
        corrected: t.arg.boolean({
          required: false,
          description: 'With people’s corrections; true by default.',
        }),
      },
      resolve: async (row, { by, corrected }, context) => {
        const { groups, names, colours } = await runComposition(context, row, by, corrected ?? true);
        return groups
          .slice(0, MOST_GROUPS)
          .map((group) => ({ place: group.place, composition: { ...group, names, colours } }));
      },
    }),
    compositionCsv: t.string({
      description:
        'The same as a table, one row a group and class: CSV (RFC 4180), safe to open in a spreadsheet.',
      args: {
        by: t.arg({ type: CompositionGroupingEnum, description: 'What is added up.' }),
        corrected: t.arg.boolean({
          required: false,
          description: 'With people’s corrections; true by default.',
        }),
      },
      resolve: async (row, { by, corrected }, context) => {
        const { groups, names } = await runComposition(context, row, by, corrected ?? true);
        return compositionTable(groups.slice(0, MOST_GROUPS), names);
      },
    }),
    methods: t.string({
      description: 'The paragraph for a paper: model, parameters, counts, how intervals are made.',
      resolve: async (row, _args, context) => {
        const facts = await loadTogether(context, 'facts of runs', row.id, (ids) =>
          runFacts(context.database, ids),
        );
        const { threshold } = settingsSchema.parse(row.settings);
        return methodsText({ ...facts, threshold });
      },
    }),
    segmentations: t.connection({
      type: SegmentationNode,
      description: `What was found, image by image, newest first. ${pageWords}`,
      args: {
        status: t.arg({
          type: [RunStatusEnum],
          required: false,
          description: 'Only those that stand so, e.g. FAILED.',
        }),
      },
      resolve: (row, { status, ...page }, context) => {
        const also = status == null ? undefined : Prisma.sql`t.status = ANY(${status}::"RunStatus"[])`;
        return listUnder(
          context,
          { table: 'Segmentation', also, order: newestFirst, parent: inRun },
          row,
          page,
        );
      },
    }),
  }),
});

/** That a segmentation, `t`, serves a run. */
export function inRun(runId: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`EXISTS (SELECT 1 FROM "SegmentationRunItem" i WHERE i."segmentationId" = t.id AND i."runId" = ${runId})`;
}
