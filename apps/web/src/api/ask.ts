import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { loadClient } from './load-client.ts';

/** Asks the API from the browser, for what a click or typing needs: the next page of a list, a preview. */
export async function ask<Data, Variables extends Record<string, unknown>>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
): Promise<Data> {
  const { client } = await loadClient();
  const { data } = await client.query<Data, Variables>({
    query: document,
    variables,
    fetchPolicy: 'network-only',
  } as Parameters<typeof client.query<Data, Variables>>[0]);
  return data as Data;
}
