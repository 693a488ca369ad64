import { randomUUID } from 'node:crypto';
import { CellMixerError } from '@cellmixer/errors';
import type { z } from 'zod';
import type { ApiClient } from './api-client.ts';
import { mutate } from './mutate.ts';

/** How often it is sent where no answer comes. */
const TRIES = 3;

/**
 * Sends a mutation that makes something, as `mutate` does, under an idempotency key: where the answer is lost on its way
 * it is sent again, and nothing is made twice.
 *
 * @param input a key of the caller's own is kept
 * @throws API_REFUSED as `mutate` does; SERVICE_UNAVAILABLE after the last try
 */
export async function mutateOnce<Payload>(
  client: ApiClient,
  name: string,
  input: Readonly<Record<string, unknown>>,
  fields: string,
  shape: z.ZodType<Payload>,
): Promise<Payload> {
  const keyed = { idempotencyKey: randomUUID(), ...input };
  for (let attempt = 1; ; attempt++) {
    try {
      return await mutate(client, name, keyed, fields, shape);
    } catch (error) {
      const isLost = error instanceof CellMixerError && error.code === 'SERVICE_UNAVAILABLE';
      if (!isLost || attempt >= TRIES) throw error;
      await client.pause(500 * 2 ** (attempt - 1));
    }
  }
}
