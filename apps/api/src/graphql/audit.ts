import type { Prisma, Transaction } from '@cellmixer/database';
import { tell } from '@cellmixer/jobs';
import type { Actor } from '../access/actor.ts';

/** Writes who did what, in the transaction that does it, and tells whoever looks at it. `details` must hold no secrets. */
export async function audit(
  tx: Transaction,
  actor: Actor,
  event: {
    readonly action: string;
    readonly organizationId: string | null;
    readonly projectId?: string | null;
    readonly subjectType: string;
    readonly subjectId: string | null;
    readonly details?: Prisma.InputJsonObject;
  },
): Promise<void> {
  await tx.auditEvent.create({
    data: {
      ...event,
      projectId: event.projectId ?? null,
      details: event.details ?? {},
      userId: actor.userId,
      apiKeyId: actor.apiKeyId,
    },
  });
  if (event.subjectId !== null) await tell(tx, event.subjectType, event.subjectId);
}
