import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
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
