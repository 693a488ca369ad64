import type { Project } from '@cellmixer/database';
import { countRun } from '@cellmixer/jobs';
import { z } from 'zod';
import { answer } from '../../graphql/answer.ts';
import { audit } from '../../graphql/audit.ts';
import { builder } from '../../graphql/builder.ts';
import { demand, see } from '../../graphql/demand.ts';
import { once } from '../../graphql/once.ts';
import { definePayload, defineResult } from '../../graphql/result.ts';
import { DatasetVersionNode } from '../dataset-version/dataset-version.type.ts';
import { ModelVersionNode } from '../model/model.type.ts';
import { ProjectNode } from '../project/project.type.ts';
import { demandUsable } from '../training-run/plan-training.ts';
import { chosenImages } from './chosen-images.ts';
import { queueSegmentations } from './queue-segmentations.ts';
import { runSettings } from './run-settings.ts';
import { SegmentationRunNode } from './segmentation-run.type.ts';

const Payload = definePayload<{ readonly id: string }>('createSegmentationRun').implement({
  description: 'The run.',
  fields: (t) => ({
    segmentationRun: t.field({
      type: SegmentationRunNode,
      description: 'The new run.',
      resolve: ({ id }) => id,
    }),
  }),
});

const Input = builder.inputType('CreateSegmentationRunInput', {
  description: 'What to segment by what.',
  fields: (t) => ({
    project: t.globalID({ for: ProjectNode, description: 'Where the results belong.' }),
    modelVersion: t.globalID({ for: ModelVersionNode, description: 'By what.' }),
    version: t.globalID({ for: DatasetVersionNode, description: 'The snapshot whose images are segmented.' }),
    mixturesOnly: t.boolean({
      required: false,
      description: 'Leave pure cultures out; true by default where the snapshot has mixtures.',
    }),
    threshold: t.float({
      required: false,
      description: 'Probability from which a pixel is cell, 0.05 to 0.95; 0.5 by default.',
    }),
    idempotencyKey: t.string({ required: false, description: 'Makes a second sending harmless.' }),
  }),
});

builder.mutationField('createSegmentationRun', (t) =>
  t.field({
    type: defineResult('createSegmentationRun', Payload),
    description: 'Segments the images of a snapshot. What was segmented so before is taken, not made again.',
    extensions: { rule: 'work.run' },
    args: { input: t.arg({ type: Input }) },
    resolve: (_root, { input }, context) =>
      answer(async () => {
        const { actor, queue } = context;
        const project = await see<Project>(context, 'Project', input.project);
        demand(actor, 'work.run', { projectId: project.id });
        await see(context, 'ModelVersion', input.modelVersion);
        await demandUsable(context, input.version.id);
        const { settings, settingsHash } = runSettings(input.threshold);
        const place = { projectId: project.id, modelVersionId: input.modelVersion.id, settingsHash };
        const base = { ...place, settings };
        const createdById = z.uuid().parse(actor.userId);
        const request = {
          mutation: 'createSegmentationRun',
          idempotencyKey: input.idempotencyKey,
          input: { ...base, version: input.version.id, mixturesOnly: input.mixturesOnly ?? null },
        };
        return once(context, request, async (tx) => {
          const imageIds = await chosenImages(tx, input.version.id, input.mixturesOnly);
          await tx.segmentation.createMany({
            data: imageIds.map((imageId) => ({ ...base, imageId })),
            skipDuplicates: true,
          });
          // What was deleted is made again: its objects may be gone.
          await tx.segmentation.updateMany({
            where: { ...place, imageId: { in: imageIds }, deletedAt: { not: null } },
            data: { deletedAt: null, status: 'CANCELLED' },
          });
          const segmentations = await tx.segmentation.findMany({
            where: { ...place, imageId: { in: imageIds } },
            select: { id: true },
          });
          const { id } = await tx.segmentationRun.create({
            data: { ...base, datasetVersionId: input.version.id, total: segmentations.length, createdById },
            select: { id: true },
          });
          await tx.segmentationRunItem.createMany({
            data: segmentations.map((row) => ({ runId: id, segmentationId: row.id })),
          });
          const owner = { organizationId: project.organizationId, projectId: project.id, createdById };
          const ids = segmentations.map((row) => row.id);
          const queued = await queueSegmentations(tx, queue, owner, ids);
          if (queued === 0) await countRun(tx, id);
          await audit(tx, actor, {
            action: 'createSegmentationRun',
            organizationId: project.organizationId,
            projectId: project.id,
            subjectType: 'SegmentationRun',
            subjectId: id,
            details: { images: segmentations.length },
          });
          return { id };
        });
      }),
  }),
);
