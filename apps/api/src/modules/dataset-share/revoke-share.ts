import type { DatasetShare } from '@cellmixer/database';
import { answer } from '../../graphql/answer.ts';
import { builder } from '../../graphql/builder.ts';
import { demand, see } from '../../graphql/demand.ts';
import { definePayload, defineResult } from '../../graphql/result.ts';
import { DatasetShareNode } from './dataset-share.type.ts';
import { endShare } from './end-share.ts';
import { auditShare, partiesOf, tellManagers } from './share-parties.ts';

const Payload = definePayload<{ readonly id: string }>('revokeShare').implement({
  description: 'The share, ended.',
  fields: (t) => ({
    share: t.field({ type: DatasetShareNode, description: 'The share.', resolve: ({ id }) => id }),
  }),
});

const Input = builder.inputType('RevokeShareInput', {
  description: 'What to take back.',
  fields: (t) => ({ share: t.globalID({ for: DatasetShareNode, description: 'The share.' }) }),
});

builder.mutationField('revokeShare', (t) =>
  t.field({
    type: defineResult('revokeShare', Payload),
    description:
      'Takes a lent dataset back: the other project’s reads and work on it stop at once. It keeps models, figures and class maps, and loses all that holds pixels of the pictures. Does nothing where the share has ended.',
    extensions: { rule: 'project.manage' },
    args: { input: t.arg({ type: Input }) },
    resolve: (_root, { input }, context) =>
      answer(async () => {
        const { actor, database, queue } = context;
        const share = await see<DatasetShare>(context, 'DatasetShare', input.share);
        const { projectId } = await database.dataset.findUniqueOrThrow({ where: { id: share.datasetId } });
        demand(actor, 'project.manage', { projectId });
        await database.$transaction(async (tx) => {
          if (!(await endShare(tx, queue, share, 'REVOKED'))) return;
          const parties = await partiesOf(tx, share);
          await auditShare(tx, actor, 'revokeShare', share.id, parties);
          await tellManagers(tx, parties.borrower, {
            kind: 'dataset.revoked',
            shareId: share.id,
            text: `${parties.lender.organization.name} lends “${parties.dataset.name}” no more.`,
          });
        });
        context.actor = await context.readActor();
        return { id: share.id };
      }),
  }),
);
