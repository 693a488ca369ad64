import type { SegmentationRun, Transaction } from '@cellmixer/database';
import { cancelJobsOf, countRun, lockJobsOf } from '@cellmixer/jobs';
import { answer } from '../../graphql/answer.ts';
import { audit } from '../../graphql/audit.ts';
import { builder } from '../../graphql/builder.ts';
import { demand, see } from '../../graphql/demand.ts';
import { organizationOf } from '../../graphql/organization-of.ts';
import { definePayload, defineResult } from '../../graphql/result.ts';
import { SegmentationRunNode } from './segmentation-run.type.ts';

const Payload = definePayload<{ readonly id: string }>('cancelSegmentationRun').implement({
  description: 'The run; CANCELLING until its workers have stopped.',
  fields: (t) => ({
    segmentationRun: t.field({
      type: SegmentationRunNode,
      description: 'The run.',
      resolve: ({ id }) => id,
    }),
  }),
});

const Input = builder.inputType('CancelSegmentationRunInput', {
  description: 'What is to stop.',
  fields: (t) => ({ segmentationRun: t.globalID({ for: SegmentationRunNode, description: 'The run.' }) }),
});

builder.mutationField('cancelSegmentationRun', (t) =>
  t.field({
    type: defineResult('cancelSegmentationRun', Payload),
    description:
      'Stops a segmentation run; what is done stays. Images that another run waits for too go on. Does nothing where it has ended.',
    extensions: { rule: 'work.run' },
    args: { input: t.arg({ type: Input }) },
    resolve: (_root, { input }, context) =>
      answer(async () => {
        const { actor, database } = context;
        const run = await see<SegmentationRun>(context, 'SegmentationRun', input.segmentationRun);
        demand(actor, 'work.run', { projectId: run.projectId });
        const organizationId = await organizationOf(context, run.projectId);
        const work = async (tx: Transaction) => {
          const all = await tx.segmentationRunItem.findMany({
            where: { runId: run.id },
            select: { segmentationId: true },
          });
          await lockJobsOf(
            tx,
            all.map((item) => item.segmentationId),
          );
          const told = await tx.segmentationRun.updateMany({
            where: { id: run.id, status: { in: ['QUEUED', 'RUNNING'] } },
            data: { status: 'CANCELLING', revision: { increment: 1 } },
          });
          if (told.count === 0) return;
          const wanted = {
            run: { id: { not: run.id }, status: { in: ['QUEUED' as const, 'RUNNING' as const] } },
          };
          const items = await tx.segmentationRunItem.findMany({
            where: { runId: run.id, segmentation: { status: { in: ['QUEUED', 'RUNNING'] } } },
            select: { segmentationId: true, segmentation: { select: { runs: { where: wanted, take: 1 } } } },
          });
          const shared = items.filter((item) => item.segmentation.runs.length > 0);
          // They go on elsewhere; this run waits for them no longer.
          await tx.segmentationRunItem.deleteMany({
            where: { runId: run.id, segmentationId: { in: shared.map((item) => item.segmentationId) } },
          });
          await tx.segmentationRun.update({
            where: { id: run.id },
            data: { total: { decrement: shared.length } },
          });
          const own = items.filter((item) => item.segmentation.runs.length === 0);
          await cancelJobsOf(
            tx,
            own.map((item) => item.segmentationId),
          );
          await countRun(tx, run.id);
          await audit(tx, actor, {
            action: 'cancelSegmentationRun',
            organizationId,
            projectId: run.projectId,
            subjectType: 'SegmentationRun',
            subjectId: run.id,
            details: { images: own.length },
          });
        };
        await database.$transaction(work, { timeout: 30_000 });
        return { id: run.id };
      }),
  }),
);
