import type { ReviewerLink } from '@cellmixer/database';
import { builder } from '../../graphql/builder.ts';
import { listUnder, pageWords } from '../../graphql/connection.ts';
import { newest } from '../../graphql/newest.ts';
import { defineNode } from '../../graphql/node.ts';
import { DatasetNode } from '../dataset/dataset.type.ts';

export const ReviewerLinkNode = defineNode<ReviewerLink>('ReviewerLink');

ReviewerLinkNode.implement({
  description: 'An anonymous, expiring, revocable way to look at one dataset.',
  fields: (t) => ({
    note: t.exposeString('note', { description: 'For whom it was made, for the lab’s own people.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', description: 'Until when it works.' }),
    revokedAt: t.expose('revokedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was revoked.',
    }),
    active: t.boolean({
      description: 'Whether it works now.',
      resolve: (row) => row.revokedAt === null && row.expiresAt > new Date(),
    }),
  }),
});

builder.objectFields(DatasetNode, (t) => ({
  reviewerLinks: t.connection({
    type: ReviewerLinkNode,
    description: `Links for reviewers, newest first; for managers. ${pageWords}`,
    resolve: (row, args, context) => listUnder(context, newest('ReviewerLink', 'datasetId'), row, args),
  }),
}));
