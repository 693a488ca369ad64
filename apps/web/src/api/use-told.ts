'use client';

import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { useEffect, useRef } from 'react';
import { loadClient } from './load-client.ts';

/** Hears a subscription as long as the component stands; `onTold` gets each answer. */
export function useTold<Data, Variables extends Record<string, unknown>>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  onTold: (data: Data) => void,
): void {
  const latest = useRef({ variables, onTold });
  latest.current = { variables, onTold };
  const key = JSON.stringify(variables);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for the variables
  useEffect(() => {
    let end: (() => void) | null = null;
    let ended = false;
    const start = async () => {
      const { client } = await loadClient();
      if (ended) return;
      const told = client
        .subscribe<Data, Variables>({
          query: document,
          variables: latest.current.variables,
          fetchPolicy: 'no-cache',
        } as Parameters<typeof client.subscribe<Data, Variables>>[0])
        .subscribe({
          next: ({ data }) => {
            if (data != null) latest.current.onTold(data as Data);
          },
          error: () => {},
        });
      end = () => told.unsubscribe();
    };
    start().catch(() => {});
    return () => {
      ended = true;
      end?.();
    };
  }, [document, key]);
}
