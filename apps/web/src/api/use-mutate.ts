'use client';

import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { useRouter } from 'next/navigation';
import { useCallback, useRef, useState, useTransition } from 'react';
import { newKey, withKey } from './idempotency-key.ts';
import { loadClient } from './load-client.ts';
import type { Problem } from './problem.ts';
import { signInAgain } from './sign-in-again.ts';

type ResultOf<Data> = Data[Exclude<keyof Data, '__typename'>];
/** What a mutation answers with when it has done what was asked. */
export type PayloadOf<Data> = Exclude<ResultOf<Data>, { readonly code: string; readonly message: string }>;

export interface MutateOptions {
  /** Sends an idempotency key in `input`, the same one until it is done: a second click makes no second thing. */
  readonly once?: boolean;
  /** Server components are read again afterwards; true by default. */
  readonly refresh?: boolean;
}

export interface Mutation<Data, Variables> {
  /** Sends it. Gives the payload, or null where there is a problem, which then stands in `problem`. */
  readonly mutate: (variables: Variables) => Promise<PayloadOf<Data> | null>;
  /** From the click until the pages show what has changed. */
  readonly busy: boolean;
  /** What the last sending was refused for; the form shows it by `<ProblemNote>` and the field that it names. */
  readonly problem: Problem | null;
  readonly forget: () => void;
}

/**
 * Sends a mutation of one root field whose result is a union of a payload and `UserError`s. The document asks for
 * `... on UserError { code message cure subject }`.
 */
export function useMutate<Data, Variables extends Record<string, unknown>>(
  document: TypedDocumentNode<Data, Variables>,
  { once = false, refresh = true }: MutateOptions = {},
): Mutation<Data, Variables> {
  const router = useRouter();
  const [sending, setSending] = useState(false);
  const [refreshing, startRefresh] = useTransition();
  const [problem, setProblem] = useState<Problem | null>(null);
  const key = useRef<string | null>(null);

  const mutate = useCallback(
    async (variables: Variables): Promise<PayloadOf<Data> | null> => {
      setSending(true);
      setProblem(null);
      key.current ??= newKey();
      try {
        const sent = once ? withKey(variables, key.current) : variables;
        const { client } = await loadClient();
        const sendIt = async () =>
          resultOf((await client.mutate<Data, Variables>({ mutation: document, variables: sent })).data);
        let result = await sendIt();
        if (isProblem(result) && result.code === 'ACTOR_UNKNOWN' && (await signInAgain(true)))
          result = await sendIt();
        // The server has decided: the next sending is a new request.
        key.current = null;
        if (isProblem(result)) {
          setProblem(result);
          return null;
        }
        if (refresh) startRefresh(() => router.refresh());
        return result as PayloadOf<Data>;
      } catch (error) {
        setProblem((await loadClient().catch(() => null))?.problemOf(error) ?? UNREACHABLE);
        return null;
      } finally {
        setSending(false);
      }
    },
    [document, once, refresh, router],
  );
  const forget = useCallback(() => setProblem(null), []);
  return { mutate, busy: sending || refreshing, problem, forget };
}

function resultOf(data: unknown): unknown {
  if (typeof data !== 'object' || data === null) return null;
  return Object.entries(data).find(([name]) => name !== '__typename')?.[1] ?? null;
}

function isProblem(result: unknown): result is Problem {
  return typeof result === 'object' && result !== null && 'code' in result && 'message' in result;
}

const UNREACHABLE: Problem = {
  code: 'SERVICE_UNAVAILABLE',
  message: 'The server did not answer; nothing is lost.',
  cure: 'Check the connection and send it again: it is done once only.',
  subject: null,
};
