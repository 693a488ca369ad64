import { createHash } from 'node:crypto';
import type { Transaction } from '@cellmixer/database';
import type { Context } from './context.ts';
import { RequestError } from './request-error.ts';

interface Request {
  readonly mutation: string;
  /** The asker's; null where a second sending may make a second thing. */
  readonly idempotencyKey: string | null | undefined;
  /** What is asked for, without the key. */
  readonly input: unknown;
}

/**
 * Makes something in one transaction, once for every idempotency key.
 *
 * @param make gives what is kept for a second sending: ids, never secrets
 * @throws ConflictError where the key came with another input before
 */
export async function once<Kept>(
  { database, actor }: Context,
  { mutation, idempotencyKey, input }: Request,
  make: (tx: Transaction) => Promise<Kept>,
): Promise<Kept> {
  return database.$transaction(
    async (tx) => {
      if (idempotencyKey == null) return make(tx);
      const inputHash = createHash('sha256').update(JSON.stringify(input)).digest('hex');
      const place = { actor: actor.name, mutation, key: idempotencyKey };
      // Two sendings at the same moment: the second waits here until the first has ended.
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${JSON.stringify(place)}, 0))`;
      const kept = await tx.idempotencyKey.findUnique({ where: { actor_mutation_key: place } });
      if (kept !== null) {
        if (kept.inputHash === inputHash) return kept.result as Kept;
        throw new RequestError(
          'ConflictError',
          'IDEMPOTENCY_KEY_REUSED',
          `The idempotency key "${idempotencyKey}" came with another input before.`,
          { subject: 'idempotencyKey', cure: 'Use a new key for a new request.' },
        );
      }
      const result = await make(tx);
      await tx.idempotencyKey.create({ data: { ...place, inputHash, result: result as object } });
      return result;
    },
    { timeout: 30_000 },
  );
}
