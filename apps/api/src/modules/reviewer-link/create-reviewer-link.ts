import type { Dataset } from '@cellmixer/database';
import { z } from 'zod';
import { answer } from '../../graphql/answer.ts';
import { audit } from '../../graphql/audit.ts';
import { builder } from '../../graphql/builder.ts';
import { demand, see } from '../../graphql/demand.ts';
import { once } from '../../graphql/once.ts';
import { organizationOf } from '../../graphql/organization-of.ts';
import { definePayload, defineResult } from '../../graphql/result.ts';
import { createToken } from '../../graphql/token.ts';
import { DatasetNode } from '../dataset/dataset.type.ts';
import { ReviewerLinkNode } from './reviewer-link.type.ts';

interface Made {
  readonly id: string;
  readonly token: string | null;
  readonly url: string | null;
}

const shownOnce = 'Null for a repeated idempotency key: it is shown once.';
const Payload = definePayload<Made>('createReviewerLink').implement({
  description: 'The link with its token.',
  fields: (t) => ({
    reviewerLink: t.field({ type: ReviewerLinkNode, description: 'The link.', resolve: ({ id }) => id }),
    url: t.exposeString('url', { nullable: true, description: `Send this to the reviewer. ${shownOnce}` }),
    token: t.exposeString('token', {
      nullable: true,
      description: `For programs: the header “Authorization: Reviewer <token>”. ${shownOnce}`,
    }),
  }),
});

const Input = builder.inputType('CreateReviewerLinkInput', {
  description: 'What to show, and for how long.',
  fields: (t) => ({
    dataset: t.globalID({ for: DatasetNode, description: 'The dataset.' }),
    days: t.int({ required: false, description: 'How long it works, 1 to 365; 90 where it is left out.' }),
    note: t.string({
      required: false,
      description: 'For whom, up to 200 characters; reviewers do not see it.',
    }),
    idempotencyKey: t.string({ required: false, description: 'Makes a second sending harmless.' }),
  }),
});

const shape = z.object({
  days: z
    .int()
    .min(1)
    .max(365)
    .nullish()
    .transform((days) => days ?? 90),
  note: z
    .string()
    .trim()
    .max(200)
    .nullish()
    .transform((note) => note ?? ''),
});

builder.mutationField('createReviewerLink', (t) =>
  t.field({
    type: defineResult('createReviewerLink', Payload),
    description: 'Makes a link by which anybody who holds it may look at one dataset without an account.',
    extensions: { rule: 'project.manage' },
    args: { input: t.arg({ type: Input }) },
    resolve: (_root, { input }, context) =>
      answer(async () => {
        const { actor } = context;
        const dataset = await see<Dataset>(context, 'Dataset', input.dataset);
        demand(actor, 'project.manage', { projectId: dataset.projectId });
        const { days, note } = shape.parse(input);
        const organizationId = await organizationOf(context, dataset.projectId);
        const { secret, hash } = createToken('cmr_');
        const request = {
          mutation: 'createReviewerLink',
          idempotencyKey: input.idempotencyKey,
          input: { dataset: dataset.id, days, note },
        };
        let isNew = false;
        const { id } = await once(context, request, async (tx) => {
          isNew = true;
          const row = await tx.reviewerLink.create({
            data: {
              datasetId: dataset.id,
              tokenHash: hash,
              note,
              createdById: z.uuid().parse(actor.userId),
              expiresAt: new Date(Date.now() + days * 24 * 3600 * 1000),
            },
            select: { id: true },
          });
          await audit(tx, actor, {
            action: 'createReviewerLink',
            organizationId,
            projectId: dataset.projectId,
            subjectType: 'ReviewerLink',
            subjectId: row.id,
            details: { dataset: dataset.name, days, note },
          });
          return row;
        });
        return {
          id,
          token: isNew ? secret : null,
          url: isNew ? `${context.publicUrl}/api/review?token=${secret}` : null,
        };
      }),
  }),
);
