import type { DatasetShare } from '@cellmixer/database';
import { answer } from '../../graphql/answer.ts';
import { builder } from '../../graphql/builder.ts';
import { demand, see } from '../../graphql/demand.ts';
import { definePayload, defineResult } from '../../graphql/result.ts';
import { DatasetShareNode } from './dataset-share.type.ts';
import { endShare } from './end-share.ts';
import { auditShare, partiesOf, tellManagers } from './share-parties.ts';

const Payload = definePayload<{ readonly id: string }>('declineShare').implement({
  description: 'The share, ended.',
  fields: (t) => ({
    share: t.field({ type: DatasetShareNode, description: 'The share.', resolve: ({ id }) => id }),
  }),
});

const Input = builder.inputType('DeclineShareInput', {
  description: 'Which offer.',
  fields: (t) => ({ share: t.globalID({ for: DatasetShareNode, description: 'The share.' }) }),
});

builder.mutationField('declineShare', (t) =>
  t.field({
    type: defineResult('declineShare', Payload),
    description:
      'Declines a dataset that was offered to a project, or hands it back. What was made with it stays as after revokeShare. Does nothing where the share has ended.',
    extensions: { rule: 'project.manage' },
    args: { input: t.arg({ type: Input }) },
    resolve: (_root, { input }, context) =>
      answer(async () => {
        const { actor, database, queue } = context;
        const share = await see<DatasetShare>(context, 'DatasetShare', input.share);
        demand(actor, 'project.manage', { projectId: share.projectId });
        await database.$transaction(async (tx) => {
          if (!(await endShare(tx, queue, share, 'DECLINED'))) return;
          const parties = await partiesOf(tx, share);
          await auditShare(tx, actor, 'declineShare', share.id, parties);
          await tellManagers(tx, parties.lender, {
            kind: 'dataset.declined',
            shareId: share.id,
            text: `${parties.borrower.organization.name} does not take “${parties.dataset.name}”.`,
          });
        });
        context.actor = await context.readActor();
        return { id: share.id };
      }),
  }),
);
