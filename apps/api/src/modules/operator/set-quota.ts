import { z } from 'zod';
import { answer } from '../../graphql/answer.ts';
import { audit } from '../../graphql/audit.ts';
import { builder } from '../../graphql/builder.ts';
import { RequestError } from '../../graphql/request-error.ts';
import { definePayload, defineResult } from '../../graphql/result.ts';
import { OrganizationNode } from '../organization/organization.type.ts';
import { demandOperator } from './demand-operator.ts';

const Payload = definePayload<{ readonly quotaBytes: number }>('setQuota').implement({
  description: 'What the lab may use from now on.',
  fields: (t) => ({ quotaBytes: t.exposeFloat('quotaBytes', { description: 'Bytes.' }) }),
});

const Input = builder.inputType('SetQuotaInput', {
  description: 'How much room a lab has.',
  fields: (t) => ({
    organization: t.globalID({ for: OrganizationNode, description: 'The lab.' }),
    bytes: t.float({
      description:
        'Bytes for originals, pyramids, models and results together, up to 2^50. Below what is used, nothing is removed and nothing can be added.',
    }),
  }),
});

const bytesShape = z.object({
  bytes: z
    .number()
    .int()
    .min(0)
    .max(2 ** 50),
});

builder.mutationField('setQuota', (t) =>
  t.field({
    type: defineResult('setQuota', Payload),
    description: 'Sets how much room a lab has; for the operator of the server.',
    extensions: { rule: 'server operator' },
    args: { input: t.arg({ type: Input }) },
    resolve: (_root, { input }, context) =>
      answer(async () => {
        await demandOperator(context);
        const { bytes } = bytesShape.parse(input);
        const organizationId = input.organization.id;
        await context.database.$transaction(async (tx) => {
          const { count } = await tx.organization.updateMany({
            where: { id: z.uuid().parse(organizationId), deletedAt: null },
            data: { quotaBytes: BigInt(bytes) },
          });
          if (count === 0)
            throw new RequestError('NotFoundError', 'ORGANIZATION_NOT_FOUND', 'There is no such lab.');
          await audit(tx, context.actor, {
            action: 'setQuota',
            organizationId,
            subjectType: 'Organization',
            subjectId: organizationId,
            details: { bytes },
          });
        });
        return { quotaBytes: bytes };
      }),
  }),
);
