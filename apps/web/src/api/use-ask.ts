'use client';

import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { useEffect, useRef, useState } from 'react';
import { ask } from './ask.ts';
import { useConnection } from './connection.ts';

export interface Asked<Data> {
  /** For the variables as they are now; undefined until it is here. */
  readonly data: Data | undefined;
  /** The newest answer of all, also one for earlier variables: to be shown meanwhile. */
  readonly latest: Data | undefined;
  readonly loading: boolean;
  readonly error: Error | undefined;
}

/**
 * Asks the API from the browser whenever the variables change, for what depends on what a person sets; and again what
 * failed, once a server that was away is back.
 */
export function useAsk<Data, Variables extends Record<string, unknown>>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
): Asked<Data> {
  const [answer, setAnswer] = useState<{ key: string; data?: Data; error?: Error } | null>(null);
  const [latest, setLatest] = useState<Data | undefined>(undefined);
  const [round, setRound] = useState(0);
  const up = useConnection();
  const key = JSON.stringify(variables);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for the variables
  useEffect(() => {
    let over = false;
    ask(document, variables).then(
      (data) => {
        if (over) return;
        setAnswer({ key, data });
        setLatest(data);
      },
      (error: unknown) => {
        if (!over) setAnswer({ key, error: error instanceof Error ? error : new Error(String(error)) });
      },
    );
    return () => {
      over = true;
    };
  }, [document, key, round]);
  const failed = answer?.error !== undefined;
  const wasUp = useRef(up);
  useEffect(() => {
    if (up && !wasUp.current && failed) setRound((round) => round + 1);
    wasUp.current = up;
  }, [up, failed]);
  const present = answer?.key === key ? answer : null;
  return { data: present?.data, latest, loading: present === null, error: present?.error };
}
