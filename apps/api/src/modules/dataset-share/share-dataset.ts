import type { Dataset } from '@cellmixer/database';
import { z } from 'zod';
import { answer } from '../../graphql/answer.ts';
import { builder } from '../../graphql/builder.ts';
import { demand, see } from '../../graphql/demand.ts';
import { once } from '../../graphql/once.ts';
import { RequestError } from '../../graphql/request-error.ts';
import { definePayload, defineResult } from '../../graphql/result.ts';
import { DatasetNode } from '../dataset/dataset.type.ts';
import { DatasetShareNode } from './dataset-share.type.ts';
import { parseShareAddress } from './share-code.ts';
import { auditShare, partiesOf, tellManagers } from './share-parties.ts';

const Payload = definePayload<{ readonly id: string }>('shareDataset').implement({
  description: 'The offer; the dataset is lent once a manager of the other project accepts.',
  fields: (t) => ({
    share: t.field({ type: DatasetShareNode, description: 'The share.', resolve: ({ id }) => id }),
  }),
});

const Input = builder.inputType('ShareDatasetInput', {
  description: 'What to lend to whom.',
  fields: (t) => ({
    dataset: t.globalID({ for: DatasetNode, description: 'The dataset.' }),
    to: t.string({ description: 'The other project: its share code, or its id.' }),
    idempotencyKey: t.string({ required: false, description: 'Makes a second sending harmless.' }),
  }),
});

builder.mutationField('shareDataset', (t) =>
  t.field({
    type: defineResult('shareDataset', Payload),
    description:
      'Offers a dataset, read only, to another project, of another lab too. Of the lab’s cell lines it shows name, accession and colour.',
    extensions: { rule: 'project.manage' },
    args: { input: t.arg({ type: Input }) },
    resolve: (_root, { input }, context) =>
      answer(async () => {
        const { actor, database } = context;
        const dataset = await see<Dataset>(context, 'Dataset', input.dataset);
        demand(actor, 'project.manage', { projectId: dataset.projectId });
        const projectId = parseShareAddress(input.to);
        const project = await database.project.findFirst({ where: { id: projectId, deletedAt: null } });
        if (project === null) {
          throw new RequestError('NotFoundError', 'PROJECT_NOT_FOUND', `“${input.to}” leads to no project.`, {
            subject: 'to',
            cure: 'Ask the other lab to copy the share code from the page of its project.',
          });
        }
        if (projectId === dataset.projectId) {
          throw new RequestError(
            'ValidationError',
            'SHARE_WITH_ITSELF',
            `“${dataset.name}” is in this project.`,
            {
              subject: 'to',
              cure: 'Name another project.',
            },
          );
        }
        const createdById = z.uuid().parse(actor.userId);
        const request = {
          mutation: 'shareDataset',
          idempotencyKey: input.idempotencyKey,
          input: { dataset: dataset.id, projectId },
        };
        return once(context, request, async (tx) => {
          const place = { datasetId: dataset.id, projectId };
          const known = await tx.datasetShare.findUnique({ where: { datasetId_projectId: place } });
          if (known !== null && (known.status === 'OFFERED' || known.status === 'ACCEPTED')) {
            throw new RequestError(
              'ConflictError',
              'SHARE_EXISTS',
              `“${dataset.name}” is offered or lent to that project already.`,
              { subject: dataset.name, cure: 'Wait until it is accepted, or revoke it first.' },
            );
          }
          const fresh = {
            status: 'OFFERED' as const,
            createdById,
            acceptedAt: null,
            acceptedById: null,
            revokedAt: null,
          };
          const { id } = await tx.datasetShare.upsert({
            where: { datasetId_projectId: place },
            create: { ...place, ...fresh },
            update: fresh,
            select: { id: true },
          });
          const parties = await partiesOf(tx, place);
          await auditShare(tx, actor, 'shareDataset', id, parties);
          await tellManagers(tx, parties.borrower, {
            kind: 'dataset.offered',
            shareId: id,
            text: `${parties.lender.organization.name} offers “${dataset.name}” to “${parties.borrower.name}”.`,
          });
          return { id };
        });
      }),
  }),
);
