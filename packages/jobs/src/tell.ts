import type { Transaction } from '@cellmixer/database';

/** The channel on which changes are told when their transaction commits. */
export const CHANNEL = 'cellmixer';

/** Tells every listener that rows have changed: type and ids alone; who may see them reads them again. */
export async function tell(tx: Transaction, type: string, ...ids: readonly string[]): Promise<void> {
  const words = ids.map((id) => JSON.stringify({ type, id }));
  await tx.$executeRaw`SELECT pg_notify(${CHANNEL}, word) FROM unnest(${words}::text[]) AS words(word)`;
}
