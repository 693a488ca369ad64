import type { DatasetShare } from '@cellmixer/database';
import { answer } from '../../graphql/answer.ts';
import { builder } from '../../graphql/builder.ts';
import { demand, see } from '../../graphql/demand.ts';
import { RequestError } from '../../graphql/request-error.ts';
import { definePayload, defineResult } from '../../graphql/result.ts';
import { DatasetShareNode } from './dataset-share.type.ts';
import { auditShare, partiesOf, tellManagers } from './share-parties.ts';

const Payload = definePayload<{ readonly id: string }>('acceptShare').implement({
  description: 'What is lent now.',
  fields: (t) => ({
    share: t.field({ type: DatasetShareNode, description: 'The share.', resolve: ({ id }) => id }),
  }),
});

const Input = builder.inputType('AcceptShareInput', {
  description: 'Which offer.',
  fields: (t) => ({ share: t.globalID({ for: DatasetShareNode, description: 'The share.' }) }),
});

builder.mutationField('acceptShare', (t) =>
  t.field({
    type: defineResult('acceptShare', Payload),
    description:
      'Accepts a dataset that was offered to a project: its people may look at it and work with it from now on.',
    extensions: { rule: 'project.manage' },
    args: { input: t.arg({ type: Input }) },
    resolve: (_root, { input }, context) =>
      answer(async () => {
        const { actor, database } = context;
        const share = await see<DatasetShare>(context, 'DatasetShare', input.share);
        demand(actor, 'project.manage', { projectId: share.projectId });
        await database.$transaction(async (tx) => {
          const { count } = await tx.datasetShare.updateMany({
            where: { id: share.id, status: 'OFFERED' },
            data: { status: 'ACCEPTED', acceptedAt: new Date(), acceptedById: actor.userId },
          });
          if (count === 0) {
            if (share.status === 'ACCEPTED') return;
            throw new RequestError(
              'ConflictError',
              'SHARE_ENDED',
              'This offer has been taken back or declined.',
              {
                cure: 'Ask the other lab to offer the dataset again.',
              },
            );
          }
          const parties = await partiesOf(tx, share);
          await auditShare(tx, actor, 'acceptShare', share.id, parties);
          await tellManagers(tx, parties.lender, {
            kind: 'dataset.accepted',
            shareId: share.id,
            text: `${parties.borrower.organization.name} has accepted “${parties.dataset.name}”.`,
          });
        });
        context.actor = await context.readActor();
        return { id: share.id };
      }),
  }),
);
