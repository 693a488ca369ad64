import type { Export } from '@cellmixer/database';
import { builder } from '../../graphql/builder.ts';
import { listUnder, pageWords } from '../../graphql/connection.ts';
import { newest } from '../../graphql/newest.ts';
import { defineNode } from '../../graphql/node.ts';
import { objectUrl } from '../../graphql/object-url.ts';
import { loadTogether } from '../../graphql/request-loader.ts';
import { RunStatusEnum } from '../job/run-status.ts';
import { SegmentationRunNode } from '../segmentation-run/segmentation-run.type.ts';

const CURE = 'Export the results of the run once more.';

/** Why a file that was written is there no more. */
function gone({ status, expiresAt, objectKey }: Export) {
  if (status !== 'SUCCEEDED' || expiresAt === null) return null;
  if (expiresAt < new Date()) {
    const day = expiresAt.toISOString().slice(0, 10);
    return { code: 'EXPORT_EXPIRED', message: `It could be downloaded until ${day}.`, cure: CURE };
  }
  if (objectKey === null)
    return {
      code: 'EXPORT_WITHDRAWN',
      message: 'Pictures that were in it were deleted or taken back by the lab that lent them.',
      cure: CURE,
    };
  return null;
}

export const ExportNode = defineNode<Export>('Export');

ExportNode.implement({
  description: 'The results of a segmentation run as one ZIP to take away.',
  fields: (t) => ({
    status: t.expose('status', { type: RunStatusEnum, description: 'Where it stands.' }),
    progress: t.float({
      nullable: true,
      description: 'Share of the images that are in it, 0 to 1; null before and after.',
      resolve: (row, _args, context) =>
        loadTogether(context, 'progress of exports', row.id, async (ids) => {
          const jobs = await context.database.job.findMany({
            where: { kind: 'EXPORT', subjectId: { in: [...ids] }, status: 'RUNNING' },
            select: { subjectId: true, progressDone: true, progressTotal: true },
          });
          const shares = new Map(
            jobs.map((job) => [job.subjectId, job.progressDone / Math.max(1, job.progressTotal)]),
          );
          return new Map(ids.map((id) => [id, shares.get(id) ?? null]));
        }),
    }),
    images: t.exposeInt('images', { description: 'Images that are in it.' }),
    sizeBytes: t.float({
      nullable: true,
      description: 'Bytes.',
      resolve: (row) => (row.sizeBytes === null ? null : Number(row.sizeBytes)),
    }),
    errorCode: t.string({
      nullable: true,
      description: 'Why it failed, or why it cannot be fetched any more: EXPORT_EXPIRED, EXPORT_WITHDRAWN.',
      resolve: (row) => gone(row)?.code ?? row.errorCode,
    }),
    errorMessage: t.string({
      nullable: true,
      description: 'The same in words.',
      resolve: (row) => gone(row)?.message ?? row.errorMessage,
    }),
    errorCure: t.string({
      nullable: true,
      description: 'What to do about it.',
      resolve: (row) => gone(row)?.cure ?? row.errorCure,
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was asked for.' }),
    finishedAt: t.expose('finishedAt', { type: 'DateTime', nullable: true, description: 'When it ended.' }),
    expiresAt: t.expose('expiresAt', {
      type: 'DateTime',
      nullable: true,
      description: 'From then on it cannot be fetched any more.',
    }),
    segmentationRun: t.field({
      type: SegmentationRunNode,
      description: 'Whose results.',
      resolve: (row) => row.segmentationRunId,
    }),
    url: t.string({
      nullable: true,
      description:
        'Where it can be fetched for ten minutes; null until it is ready, and once it has expired.',
      resolve: (row, _args, context) =>
        row.expiresAt === null || gone(row) !== null
          ? null
          : objectUrl(context, row.objectKey, 'application/zip', 'cellmixer-results.zip'),
    }),
  }),
});

builder.objectField(SegmentationRunNode, 'exports', (t) =>
  t.connection({
    type: ExportNode,
    description: `Its results as files to take away, newest first. ${pageWords}`,
    resolve: (row, args, context) => listUnder(context, newest('Export', 'segmentationRunId'), row, args),
  }),
);
