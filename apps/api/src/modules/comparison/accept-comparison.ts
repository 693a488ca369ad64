import type { Comparison } from '@cellmixer/database';
import { tell } from '@cellmixer/jobs';
import { z } from 'zod';
import { answer } from '../../graphql/answer.ts';
import { audit } from '../../graphql/audit.ts';
import { builder } from '../../graphql/builder.ts';
import { demand, see } from '../../graphql/demand.ts';
import { organizationOf } from '../../graphql/organization-of.ts';
import { RequestError } from '../../graphql/request-error.ts';
import { definePayload, defineResult } from '../../graphql/result.ts';
import { ModelVersionNode } from '../model/model.type.ts';
import { ComparisonNode } from './comparison.type.ts';

const Payload = definePayload<{ readonly id: string }>('acceptComparison').implement({
  description: 'The comparison with its decision.',
  fields: (t) => ({
    comparison: t.field({
      type: ComparisonNode,
      description: 'The comparison.',
      resolve: ({ id }) => id,
    }),
  }),
});

const Input = builder.inputType('AcceptComparisonInput', {
  description: 'Which model it is, and why.',
  fields: (t) => ({
    comparison: t.globalID({ for: ComparisonNode, description: 'Where.' }),
    modelVersion: t.globalID({ for: ModelVersionNode, description: 'One of its models.' }),
    why: t.string({ description: 'Up to 1,000 characters, for who asks later.' }),
    expectedRevision: t.int({ description: 'The `revision` that was looked at.' }),
  }),
});

builder.mutationField('acceptComparison', (t) =>
  t.field({
    type: defineResult('acceptComparison', Payload),
    description:
      'Decides a comparison for one of its models and keeps who did it and why. The model’s own stage is set by `setModelStage`.',
    extensions: { rule: 'decide.own' },
    args: { input: t.arg({ type: Input }) },
    resolve: (_root, { input }, context) =>
      answer(async () => {
        const { actor, database } = context;
        const row = await see<Comparison>(context, 'Comparison', input.comparison);
        const own = row.createdById === actor.userId;
        demand(actor, own ? 'decide.own' : 'decide.any', { projectId: row.projectId });
        const why = z.string().trim().min(1).max(1000).parse(input.why);
        const acceptedVersionId = input.modelVersion.id;
        const acceptedById = z.uuid().parse(actor.userId);
        const organizationId = await organizationOf(context, row.projectId);
        await database.$transaction(async (tx) => {
          const entry = await tx.comparisonEntry.count({
            where: { comparisonId: row.id, modelVersionId: acceptedVersionId },
          });
          if (entry === 0) {
            throw new RequestError(
              'ValidationError',
              'COMPARISON_MODEL_UNKNOWN',
              'This model version is not in the comparison.',
              { subject: 'modelVersion', cure: 'Take one of the comparison’s models.' },
            );
          }
          const { count } = await tx.comparison.updateMany({
            where: { id: row.id, revision: input.expectedRevision, status: 'SUCCEEDED' },
            data: {
              ...{ acceptedVersionId, acceptedById, acceptedAt: new Date(), acceptedWhy: why },
              revision: { increment: 1 },
            },
          });
          if (count === 0) refuse(row.status);
          await audit(tx, actor, {
            action: 'acceptComparison',
            organizationId,
            projectId: row.projectId,
            subjectType: 'Comparison',
            subjectId: row.id,
            details: { acceptedVersionId, why },
          });
          await tell(tx, 'Comparison', row.id);
        });
        return { id: row.id };
      }),
  }),
);

function refuse(status: Comparison['status']): never {
  if (status !== 'SUCCEEDED') {
    throw new RequestError(
      'ValidationError',
      'COMPARISON_UNFINISHED',
      'The comparison is not measured yet.',
      {
        subject: 'comparison',
        cure: 'Wait until it has ended well.',
      },
    );
  }
  throw new RequestError(
    'ConflictError',
    'COMPARISON_OUTDATED',
    'Somebody has decided this comparison in the meantime.',
    { subject: 'expectedRevision', cure: 'Look at the decision, then decide again if need be.' },
  );
}
