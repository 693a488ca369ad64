import { createHash } from 'node:crypto';
import type { Project } from '@cellmixer/database';
import { countRun, enqueue } from '@cellmixer/jobs';
import { z } from 'zod';
import { answer } from '../../graphql/answer.ts';
import { audit } from '../../graphql/audit.ts';
import { builder } from '../../graphql/builder.ts';
import { demand, see } from '../../graphql/demand.ts';
import { once } from '../../graphql/once.ts';
import { RequestError } from '../../graphql/request-error.ts';
import { definePayload, defineResult } from '../../graphql/result.ts';
import { DatasetVersionNode } from '../dataset-version/dataset-version.type.ts';
import { ModelVersionNode } from '../model/model.type.ts';
import { ProjectNode } from '../project/project.type.ts';
import { demandUsable } from '../training-run/create-training-run.ts';
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
        const threshold = z.number().min(0.05).max(0.95).nullish().parse(input.threshold) ?? 0.5;
        const settings = { threshold };
        const settingsHash = createHash('sha256').update(JSON.stringify(settings)).digest('hex');
        const place = { projectId: project.id, modelVersionId: input.modelVersion.id, settingsHash };
        const base = { ...place, settings };
        const createdById = z.uuid().parse(actor.userId);
        const request = {
          mutation: 'createSegmentationRun',
          idempotencyKey: input.idempotencyKey,
          input: { ...base, version: input.version.id, mixturesOnly: input.mixturesOnly ?? null },
        };
        return once(context, request, async (tx) => {
          const items = await tx.datasetVersionItem.findMany({
            where: { versionId: input.version.id, image: { deletedAt: null } },
            orderBy: { id: 'asc' },
            select: { imageId: true, cellLineId: true },
          });
          const mixed = items.filter((item) => item.cellLineId === null);
          const chosen = (input.mixturesOnly ?? mixed.length > 0) ? mixed : items;
          if (chosen.length === 0) {
            throw new RequestError('ValidationError', 'SNAPSHOT_EMPTY', 'The snapshot has no such image.', {
              subject: 'version',
              cure: 'Choose a snapshot with mixtures, or segment pure cultures too.',
            });
          }
          const imageIds = chosen.map((item) => item.imageId);
          await tx.segmentation.createMany({
            data: imageIds.map((imageId) => ({ ...base, imageId })),
            skipDuplicates: true,
          });
          const segmentations = await tx.segmentation.findMany({
            where: { ...place, imageId: { in: imageIds } },
            select: { id: true, status: true },
          });
          const { id } = await tx.segmentationRun.create({
            data: { ...base, datasetVersionId: input.version.id, total: segmentations.length, createdById },
            select: { id: true },
          });
          await tx.segmentationRunItem.createMany({
            data: segmentations.map((row) => ({ runId: id, segmentationId: row.id })),
          });
          const again = segmentations.filter((row) => row.status === 'FAILED' || row.status === 'CANCELLED');
          await tx.segmentation.updateMany({
            where: { id: { in: again.map((row) => row.id) } },
            data: { status: 'QUEUED', errorCode: null, errorMessage: null },
          });
          const busy = new Set(
            (
              await tx.job.findMany({
                where: {
                  kind: 'SEGMENT',
                  subjectId: { in: segmentations.map((row) => row.id) },
                  status: { in: ['QUEUED', 'RUNNING'] },
                },
                select: { subjectId: true },
              })
            ).map((job) => job.subjectId),
          );
          const todo = segmentations.filter((row) => row.status !== 'SUCCEEDED' && !busy.has(row.id));
          const owner = { organizationId: project.organizationId, projectId: project.id, createdById };
          await enqueue(
            tx,
            queue,
            owner,
            todo.map((row) => ({
              kind: 'SEGMENT' as const,
              subjectId: row.id,
              payload: { segmentationId: row.id },
            })),
          );
          if (todo.length === 0) await countRun(tx, id);
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
