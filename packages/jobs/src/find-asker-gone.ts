import type { Transaction } from '@cellmixer/database';
import type { Refusal } from './held-job.ts';

/**
 * A file to take away is made for who asked for it: whether that person has no place in the project any more.
 *
 * @returns why it is not made; null where all is well
 */
export async function findAskerGone(tx: Transaction, exportId: string): Promise<Refusal | null> {
  const [there] = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM "Export" e JOIN "Project" p ON p.id = e."projectId"
    JOIN "Member" m ON m."organizationId" = p."organizationId" AND m."userId" = e."createdById" AND m."removedAt" IS NULL
    WHERE e.id = ${exportId}::uuid AND (m.role IN ('OWNER', 'ADMIN') OR EXISTS (
      SELECT 1 FROM "ProjectGrant" g WHERE g."projectId" = p.id AND (g."memberId" = m.id
        OR g."teamId" IN (SELECT t."teamId" FROM "TeamMember" t WHERE t."memberId" = m.id))))`;
  if (there !== undefined) return null;
  return {
    code: 'ASKER_GONE',
    message: 'Who asked for the results is in the project no more.',
    cure: 'Export the results of the run once more.',
  };
}
