import { type Dataset, insertRows, type Prisma, type Transaction } from '@cellmixer/database';
import { z } from 'zod';
import { answer } from '../../graphql/answer.ts';
import { audit } from '../../graphql/audit.ts';
import { builder } from '../../graphql/builder.ts';
import { demand, see } from '../../graphql/demand.ts';
import { once } from '../../graphql/once.ts';
import { organizationOf } from '../../graphql/organization-of.ts';
import { RequestError } from '../../graphql/request-error.ts';
import { definePayload, defineResult } from '../../graphql/result.ts';
import { DatasetNode } from '../dataset/dataset.type.ts';
import { DatasetVersionNode } from './dataset-version.type.ts';
import { SnapshotWarningType, warningsOfSnapshot } from './snapshot-warnings.ts';

const Payload = definePayload<{ readonly id: string }>('snapshotDataset').implement({
  description: 'The snapshot.',
  fields: (t) => ({
    version: t.field({ type: DatasetVersionNode, description: 'The new snapshot.', resolve: ({ id }) => id }),
    warnings: t.field({
      type: [SnapshotWarningType],
      description: 'What to know of its masks before a training; the snapshot is taken all the same.',
      resolve: ({ id }, _args, { database }) => warningsOfSnapshot(database, id),
    }),
  }),
});

const Input = builder.inputType('SnapshotDatasetInput', {
  description: 'What is to be kept as it is now.',
  fields: (t) => ({
    dataset: t.globalID({ for: DatasetNode, description: 'Which dataset.' }),
    note: t.string({ required: false, description: 'Why, up to 500 characters.' }),
    idempotencyKey: t.string({ required: false, description: 'Makes a second sending harmless.' }),
  }),
});

builder.mutationField('snapshotDataset', (t) =>
  t.field({
    type: defineResult('snapshotDataset', Payload),
    description:
      'Takes an immutable snapshot of the images that are ready, with labels and masks as they are.',
    extensions: { rule: 'data.edit' },
    args: { input: t.arg({ type: Input }) },
    resolve: (_root, { input }, context) =>
      answer(async () => {
        const { actor } = context;
        const dataset = await see<Dataset>(context, 'Dataset', input.dataset);
        demand(actor, 'data.edit', { projectId: dataset.projectId });
        const note = z.string().trim().max(500).nullish().parse(input.note) ?? '';
        const organizationId = await organizationOf(context, dataset.projectId);
        const request = {
          mutation: 'snapshotDataset',
          idempotencyKey: input.idempotencyKey,
          input: { dataset: dataset.id, note },
        };
        return once(context, request, async (tx) => {
          await tx.$executeRaw`SELECT 1 FROM "Dataset" WHERE id = ${dataset.id}::uuid FOR UPDATE`;
          const images = await readImages(tx, dataset.id);
          if (images.length === 0) {
            throw new RequestError(
              'ValidationError',
              'DATASET_EMPTY',
              `"${dataset.name}" has no image that is ready.`,
              {
                subject: dataset.name,
                cure: 'Upload images, and wait until they have been read.',
              },
            );
          }
          const last = await tx.datasetVersion.aggregate({
            where: { datasetId: dataset.id },
            _max: { number: true },
          });
          const version = await tx.datasetVersion.create({
            data: {
              datasetId: dataset.id,
              number: (last._max.number ?? 0) + 1,
              note,
              createdById: z.uuid().parse(actor.userId),
            },
            select: { id: true },
          });
          const versionId = version.id;
          await insertRows(
            tx,
            'DatasetVersionItem',
            images.map((image) => ({ versionId, ...image })),
          );
          await audit(tx, actor, {
            action: 'snapshotDataset',
            organizationId,
            projectId: dataset.projectId,
            subjectType: 'DatasetVersion',
            subjectId: version.id,
            details: { images: images.length },
          });
          return version;
        });
      }),
  }),
);

type Item = Omit<Prisma.DatasetVersionItemCreateManyInput, 'id' | 'versionId'>;

/** Every image that is ready, as it is now, in one statement however many there are. */
function readImages(tx: Transaction, datasetId: string): Promise<Item[]> {
  return tx.$queryRaw<Item[]>`
    SELECT i.id AS "imageId", coalesce(i.checksum, '') AS checksum, pure.id AS "cellLineId", pure.name AS "lineName",
      pure.accession AS "lineAccession", f.id AS "foregroundId", f.decision::text AS "foregroundDecision",
      a.revision AS "annotationRevision", s.name AS "sampleName", s.replicate, s.passage
    FROM "Image" i LEFT JOIN "Sample" s ON s.id = i."sampleId" AND s."deletedAt" IS NULL
    LEFT JOIN LATERAL (
      SELECT (array_agg(c.id))[1] AS id, min(c.name) AS name, min(c.accession) AS accession
      FROM "SampleLine" l JOIN "CellLine" c ON c.id = l."cellLineId" WHERE l."sampleId" = s.id HAVING count(*) = 1
    ) pure ON true
    LEFT JOIN LATERAL (
      SELECT id, decision FROM "Foreground" WHERE "imageId" = i.id ORDER BY revision DESC LIMIT 1
    ) f ON true
    LEFT JOIN LATERAL (
      SELECT revision FROM "Annotation" WHERE "imageId" = i.id AND "deletedAt" IS NULL ORDER BY revision DESC LIMIT 1
    ) a ON true
    WHERE i."datasetId" = ${datasetId}::uuid AND i.status = 'READY' AND i."deletedAt" IS NULL ORDER BY i.id`;
}
