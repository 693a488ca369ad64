import type { Transaction } from '@cellmixer/database';

/** The channel on which changes are told when their transaction commits. */
export const CHANNEL = 'cellmixer';

/** Tells every listener that a row has changed: its type and id alone; who may see it reads it again. */
export async function tell(tx: Transaction, type: string, id: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_notify(${CHANNEL}, ${JSON.stringify({ type, id })})`;
}
