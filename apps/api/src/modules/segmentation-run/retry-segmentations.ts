import type { SegmentationRun } from '@cellmixer/database';
import { countSegmentations } from '@cellmixer/jobs';
import { z } from 'zod';
import { answer } from '../../graphql/answer.ts';
import { audit } from '../../graphql/audit.ts';
import { builder } from '../../graphql/builder.ts';
import { demand, see } from '../../graphql/demand.ts';
import { organizationOf } from '../../graphql/organization-of.ts';
import { RequestError } from '../../graphql/request-error.ts';
import { definePayload, defineResult } from '../../graphql/result.ts';
import { demandUsable } from '../training-run/plan-training.ts';
import { queueSegmentations } from './queue-segmentations.ts';
import { SegmentationNode } from './segmentation.type.ts';
import { SegmentationRunNode } from './segmentation-run.type.ts';

const Payload = definePayload<{ readonly id: string; readonly images: number }>(
  'retrySegmentations',
).implement({
  description: 'The run goes on.',
  fields: (t) => ({
    segmentationRun: t.field({
      type: SegmentationRunNode,
      description: 'The run.',
      resolve: ({ id }) => id,
    }),
    images: t.exposeInt('images', { description: 'How many images are segmented once more.' }),
  }),
});

const Input = builder.inputType('RetrySegmentationsInput', {
  description: 'What is to be segmented once more.',
  fields: (t) => ({
    segmentationRun: t.globalID({ for: SegmentationRunNode, description: 'The run.' }),
    segmentations: t.globalIDList({
      for: SegmentationNode,
      required: false,
      description: 'Only these, up to 1,000; all that failed or were cancelled if left out.',
    }),
  }),
});

builder.mutationField('retrySegmentations', (t) =>
  t.field({
    type: defineResult('retrySegmentations', Payload),
    description: 'Segments the images of a run once more that failed or were cancelled, singly or all.',
    extensions: { rule: 'work.run' },
    args: { input: t.arg({ type: Input }) },
    resolve: (_root, { input }, context) =>
      answer(async () => {
        const { actor, database, queue } = context;
        const run = await see<SegmentationRun>(context, 'SegmentationRun', input.segmentationRun);
        demand(actor, 'work.run', { projectId: run.projectId });
        await demandUsable(context, run.datasetVersionId);
        const chosen = z
          .array(z.object({ id: z.uuid() }))
          .min(1)
          .max(1000)
          .nullish()
          .parse(input.segmentations);
        const organizationId = await organizationOf(context, run.projectId);
        const createdById = z.uuid().parse(actor.userId);
        return database.$transaction(async (tx) => {
          const items = await tx.segmentationRunItem.findMany({
            where: {
              runId: run.id,
              segmentation: {
                status: { in: ['FAILED', 'CANCELLED'] },
                image: { deletedAt: null },
                ...(chosen == null ? {} : { id: { in: chosen.map((one) => one.id) } }),
              },
            },
            select: { segmentationId: true },
          });
          if (items.length === 0) {
            throw new RequestError(
              'ValidationError',
              'SEGMENTATION_NOT_FAILED',
              'None of these images failed or was cancelled in this run.',
              { subject: 'segmentations', cure: 'Look at the page of the run for the images that failed.' },
            );
          }
          const ids = items.map((item) => item.segmentationId);
          const owner = { organizationId, projectId: run.projectId, createdById };
          const images = await queueSegmentations(tx, queue, owner, ids);
          await countSegmentations(tx, ids);
          await audit(tx, actor, {
            action: 'retrySegmentations',
            organizationId,
            projectId: run.projectId,
            subjectType: 'SegmentationRun',
            subjectId: run.id,
            details: { images },
          });
          return { id: run.id, images };
        });
      }),
  }),
);
