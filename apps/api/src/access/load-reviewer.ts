import type { Database } from '@cellmixer/database';
import { hashToken } from '../graphql/token.ts';
import { type Actor, anonymous } from './actor.ts';

/** Who holds a reviewer's link, while it works and its dataset is there. */
export async function loadReviewer(database: Database, token: string): Promise<Actor> {
  const link = await database.reviewerLink.findFirst({
    where: {
      tokenHash: hashToken(token),
      revokedAt: null,
      expiresAt: { gt: new Date() },
      dataset: { deletedAt: null, project: { deletedAt: null } },
    },
    select: { id: true, datasetId: true },
  });
  if (link === null) return anonymous;
  return {
    ...anonymous,
    kind: 'reviewer',
    name: `reviewer:${link.id}`,
    scopes: ['read'],
    reviewed: new Set([link.datasetId]),
  };
}
