import type { SegmentationRun } from '@cellmixer/database';
import { enqueue } from '@cellmixer/jobs';
import { z } from 'zod';
import { answer } from '../../graphql/answer.ts';
import { audit } from '../../graphql/audit.ts';
import { builder } from '../../graphql/builder.ts';
import { demand, see } from '../../graphql/demand.ts';
import { once } from '../../graphql/once.ts';
import { organizationOf } from '../../graphql/organization-of.ts';
import { RequestError } from '../../graphql/request-error.ts';
import { definePayload, defineResult } from '../../graphql/result.ts';
import { SegmentationRunNode } from '../segmentation-run/segmentation-run.type.ts';
import { ExportNode } from './export.type.ts';

const Payload = definePayload<{ readonly id: string }>('exportSegmentations').implement({
  description: 'The export; its file comes once it is written.',
  fields: (t) => ({
    export: t.field({ type: ExportNode, description: 'The new export.', resolve: ({ id }) => id }),
  }),
});

const Input = builder.inputType('ExportSegmentationsInput', {
  description: 'What to take away.',
  fields: (t) => ({
    segmentationRun: t.globalID({ for: SegmentationRunNode, description: 'Whose results.' }),
    idempotencyKey: t.string({ required: false, description: 'Makes a second sending harmless.' }),
  }),
});

builder.mutationField('exportSegmentations', (t) =>
  t.field({
    type: defineResult('exportSegmentations', Payload),
    description:
      'Writes the results of a run into one ZIP: class maps, instances, overlays, cells, and compositions by image and sample. It can be fetched for a week.',
    extensions: { rule: 'work.run' },
    args: { input: t.arg({ type: Input }) },
    resolve: (_root, { input }, context) =>
      answer(async () => {
        const { actor, queue } = context;
        const run = await see<SegmentationRun>(context, 'SegmentationRun', input.segmentationRun);
        demand(actor, 'work.run', { projectId: run.projectId });
        if (run.done === 0) {
          throw new RequestError('ValidationError', 'EXPORT_EMPTY', 'No image of the run is segmented yet.', {
            subject: 'segmentationRun',
            cure: 'Wait until the run has ended, or retry what failed.',
          });
        }
        const organizationId = await organizationOf(context, run.projectId);
        const createdById = z.uuid().parse(actor.userId);
        const request = {
          mutation: 'exportSegmentations',
          idempotencyKey: input.idempotencyKey,
          input: { segmentationRun: run.id },
        };
        return once(context, request, async (tx) => {
          const { id } = await tx.export.create({
            data: { projectId: run.projectId, segmentationRunId: run.id, createdById },
            select: { id: true },
          });
          const owner = { organizationId, projectId: run.projectId, createdById };
          await enqueue(tx, queue, owner, [{ kind: 'EXPORT', subjectId: id, payload: { exportId: id } }]);
          await audit(tx, actor, {
            action: 'exportSegmentations',
            organizationId,
            projectId: run.projectId,
            subjectType: 'Export',
            subjectId: id,
            details: { segmentationRun: run.id },
          });
          return { id };
        });
      }),
  }),
);
