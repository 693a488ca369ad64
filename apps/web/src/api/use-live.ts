'use client';

import { useApolloClient, useQuery } from '@apollo/client/react';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { useEffect, useState } from 'react';

export interface LiveOptions<Data, Variables> {
  readonly variables: Variables;
  /** What the server component has read by the same document: shown at once. */
  readonly initial: Data;
  /** Whether this may still change; while it may, it is asked for again every `seconds`. */
  readonly isRunning: (data: Data) => boolean;
  /** 2 by default. */
  readonly seconds?: number;
}

/** What a page shows of something that runs: first what the server has read, then what it is by now. */
export function useLive<Data, Variables extends Record<string, unknown>>(
  document: TypedDocumentNode<Data, Variables>,
  { variables, initial, isRunning, seconds = 2 }: LiveOptions<Data, Variables>,
): Data {
  const client = useApolloClient();
  useState(() => client.writeQuery({ query: document, variables, data: initial }));
  // Read again by the server after a mutation: it may run again by now.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what the server has read anew counts
  useEffect(() => {
    client.writeQuery({ query: document, variables, data: initial });
  }, [initial]);
  const [running, setRunning] = useState(() => isRunning(initial));
  const { data } = useQuery<Data, Variables>(document, {
    variables,
    fetchPolicy: 'cache-first',
    pollInterval: running ? seconds * 1000 : 0,
    skipPollAttempt: () => globalThis.document?.visibilityState === 'hidden',
  } as useQuery.Options<Data, Variables>);
  const present = (data ?? initial) as Data;
  const runs = isRunning(present);
  if (runs !== running) setRunning(runs);
  return present;
}
