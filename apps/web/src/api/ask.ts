import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { newKey, withKey } from './idempotency-key.ts';
import { loadClient } from './load-client.ts';

/**
 * Asks the API from the browser, for what a click or typing needs: the next page of a list, a fresh address.
 *
 * @throws Error with the server's words, or where it does not answer
 */
export async function ask<Data, Variables extends Record<string, unknown>>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
): Promise<Data> {
  const { client } = await loadClient();
  const { data } = await client.query<Data, Variables>({
    query: document,
    variables,
    fetchPolicy: 'no-cache',
  } as Parameters<typeof client.query<Data, Variables>>[0]);
  return data as Data;
}

/**
 * Sends a mutation whose answer the caller reads itself, where it is one of many such as the steps of an upload. What a
 * person sends by a button goes through `useMutate`.
 *
 * @throws Error with the server's words, or where it does not answer
 */
export async function send<Data, Variables extends Record<string, unknown>>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
): Promise<Data> {
  const { client } = await loadClient();
  const { data } = await client.mutate<Data, Variables>({ mutation: document, variables });
  return data as Data;
}

/** After how long a mutation whose answer was lost is sent once more. */
const PAUSE_MS = 1000;

/**
 * Sends a mutation that makes something, as `send` does, under an idempotency key: where no answer comes it is sent once
 * more, and nothing is made twice.
 */
export async function sendOnce<Data, Variables extends Record<string, unknown>>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
): Promise<Data> {
  const keyed = withKey(variables, newKey());
  try {
    return await send(document, keyed);
  } catch {
    await new Promise((done) => setTimeout(done, PAUSE_MS));
    return send(document, keyed);
  }
}
