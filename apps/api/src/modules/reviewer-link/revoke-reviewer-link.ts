import type { ReviewerLink } from '@cellmixer/database';
import { answer } from '../../graphql/answer.ts';
import { audit } from '../../graphql/audit.ts';
import { builder } from '../../graphql/builder.ts';
import { demand, see } from '../../graphql/demand.ts';
import { organizationOf } from '../../graphql/organization-of.ts';
import { definePayload, defineResult } from '../../graphql/result.ts';
import { ReviewerLinkNode } from './reviewer-link.type.ts';

const Payload = definePayload<{ readonly id: string }>('revokeReviewerLink').implement({
  description: 'The link, which works no more.',
  fields: (t) => ({
    reviewerLink: t.field({ type: ReviewerLinkNode, description: 'The link.', resolve: ({ id }) => id }),
  }),
});

const Input = builder.inputType('RevokeReviewerLinkInput', {
  description: 'Which link.',
  fields: (t) => ({ reviewerLink: t.globalID({ for: ReviewerLinkNode, description: 'The link.' }) }),
});

builder.mutationField('revokeReviewerLink', (t) =>
  t.field({
    type: defineResult('revokeReviewerLink', Payload),
    description: 'Ends a link for reviewers at once. Does nothing where it has ended.',
    extensions: { rule: 'project.manage' },
    args: { input: t.arg({ type: Input }) },
    resolve: (_root, { input }, context) =>
      answer(async () => {
        const { actor, database } = context;
        const link = await see<ReviewerLink>(context, 'ReviewerLink', input.reviewerLink);
        const { projectId } = await database.dataset.findUniqueOrThrow({ where: { id: link.datasetId } });
        demand(actor, 'project.manage', { projectId });
        const organizationId = await organizationOf(context, projectId);
        await database.$transaction(async (tx) => {
          const { count } = await tx.reviewerLink.updateMany({
            where: { id: link.id, revokedAt: null },
            data: { revokedAt: new Date() },
          });
          if (count === 0) return;
          await audit(tx, actor, {
            action: 'revokeReviewerLink',
            organizationId,
            projectId,
            subjectType: 'ReviewerLink',
            subjectId: link.id,
          });
        });
        return { id: link.id };
      }),
  }),
);
