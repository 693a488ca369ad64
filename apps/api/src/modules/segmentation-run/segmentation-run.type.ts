import { newestFirst, Prisma, type SegmentationRun } from '@cellmixer/database';
import { visible } from '../../access/visible.ts';
import { pageWords, rootList } from '../../graphql/connection.ts';
import { defineNode } from '../../graphql/node.ts';
import { RunStatusEnum } from '../job/run-status.ts';
import { ModelVersionNode } from '../model/model.type.ts';
import { SegmentationNode } from './segmentation.type.ts';

export const SegmentationRunNode = defineNode<SegmentationRun>('SegmentationRun');

SegmentationRunNode.implement({
  description: 'A model over the images of a snapshot.',
  fields: (t) => ({
    status: t.expose('status', { type: RunStatusEnum, description: 'Where it stands.' }),
    total: t.exposeInt('total', { description: 'Images in all.' }),
    done: t.exposeInt('done', { description: 'Images that ended well.' }),
    failed: t.exposeInt('failed', { description: 'Images that failed.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was asked for.' }),
    finishedAt: t.expose('finishedAt', { type: 'DateTime', nullable: true, description: 'When it ended.' }),
    modelVersion: t.field({
      type: ModelVersionNode,
      description: 'By what.',
      resolve: (row) => row.modelVersionId,
    }),
    segmentations: t.connection({
      type: SegmentationNode,
      description: `What was found, image by image. ${pageWords}`,
      resolve: (row, args, context) =>
        rootList(
          context,
          {
            table: 'Segmentation',
            where: Prisma.sql`${visible(context.actor, 'Segmentation')} AND EXISTS (SELECT 1
              FROM "SegmentationRunItem" i WHERE i."segmentationId" = t.id AND i."runId" = ${row.id}::uuid)`,
            order: newestFirst,
          },
          args,
        ),
    }),
  }),
});
