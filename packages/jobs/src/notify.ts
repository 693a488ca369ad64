import type { Transaction } from '@cellmixer/database';
import { tell } from './tell.ts';

/** What somebody should know, told in the inbox of the portal. */
export interface News {
  readonly organizationId: string;
  readonly userIds: readonly string[];
  /** Noun and verb, such as `training-run.succeeded`. */
  readonly kind: string;
  readonly subjectType: string;
  readonly subjectId: string;
  /** One sentence. */
  readonly text: string;
}

/** Puts news into inboxes, in the transaction that makes them true. */
export async function notify(tx: Transaction, { userIds, ...news }: News): Promise<void> {
  const rows = await tx.notification.createManyAndReturn({
    data: [...new Set(userIds)].map((userId) => ({ ...news, userId })),
    select: { id: true },
  });
  if (rows.length > 0) await tell(tx, 'Notification', ...rows.map((row) => row.id));
}
