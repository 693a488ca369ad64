'use client';

import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { useEffect, useRef, useState } from 'react';
import { ask } from './ask.ts';
import { keepUnchanged } from './keep-unchanged.ts';
import { loadClient } from './load-client.ts';

export interface LiveOptions<Data, Variables> {
  readonly variables: Variables;
  /** What the server component has read by the same document: shown at once. */
  readonly initial: Data;
  /** Whether this may still change; while it may, it is asked for again every `seconds`. */
  readonly isRunning: (data: Data) => boolean;
  /** 2 by default. */
  readonly seconds?: number;
  /**
   * A subscription with the same variables. Its answers carry ids, so that what it tells shows at once; asking again
   * then only catches what was missed while the connection was away.
   */
  readonly toldBy?: TypedDocumentNode<unknown, Variables>;
}

/** What a page shows of something that runs: first what the server has read, then what it is by now. */
export function useLive<Data, Variables extends Record<string, unknown>>(
  document: TypedDocumentNode<Data, Variables>,
  { variables, initial, isRunning, seconds = 2, toldBy }: LiveOptions<Data, Variables>,
): Data {
  const [seen, setSeen] = useState({ initial, data: initial });
  let data = seen.data;
  if (seen.initial !== initial) {
    // The server component was read again: that is newer.
    data = keepUnchanged(seen.data, initial);
    setSeen({ initial, data });
  }
  const running = isRunning(data);
  const latest = useRef({ document, variables, initial, toldBy });
  latest.current = { document, variables, initial, toldBy };
  const key = JSON.stringify(variables);
  const hasRun = useRef(false);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for the variables
  useEffect(() => {
    if (!running) {
      if (!hasRun.current) return;
      hasRun.current = false;
      // It was told that it has ended, and no more: what came of it is read once more.
      let left = false;
      const { document, variables } = latest.current;
      ask(document, variables).then(
        (fresh) =>
          left ||
          setSeen(({ data }) => ({ initial: latest.current.initial, data: keepUnchanged(data, fresh) })),
        () => {},
      );
      return () => {
        left = true;
      };
    }
    hasRun.current = true;
    const show = (fresh: Data) =>
      setSeen(({ data }) => ({ initial: latest.current.initial, data: keepUnchanged(data, fresh) }));
    const { toldBy } = latest.current;
    // Without one the client's cache would cost more than it is good for.
    if (toldBy === undefined) {
      return repeat(seconds, () => ask(latest.current.document, latest.current.variables), show);
    }
    const ends: (() => void)[] = [];
    let ended = false;
    const start = async () => {
      const { client } = await loadClient();
      if (ended) return;
      const { document, variables, initial } = latest.current;
      client.writeQuery({ query: document, variables, data: initial });
      const watched = client.watchQuery<Data, Variables>({
        query: document,
        variables,
        fetchPolicy: 'cache-first',
        pollInterval: seconds * 1000,
        skipPollAttempt: () => globalThis.document.visibilityState === 'hidden',
      } as Parameters<typeof client.watchQuery<Data, Variables>>[0]);
      const watching = watched.subscribe(({ data, dataState }) => {
        if (dataState === 'complete') show(data as Data);
      });
      ends.push(() => watching.unsubscribe());
      const told = client
        .subscribe<unknown, Variables>({ query: toldBy, variables } as Parameters<
          typeof client.subscribe<unknown, Variables>
        >[0])
        .subscribe({ error: () => {} });
      ends.push(() => told.unsubscribe());
    };
    start().catch(() => {});
    return () => {
      ended = true;
      for (const end of ends) end();
    };
  }, [running, key, seconds]);
  return data;
}

/** Asks again and again while the page is looked at. @returns a function that ends it */
function repeat<Data>(
  seconds: number,
  question: () => Promise<Data>,
  show: (data: Data) => void,
): () => void {
  let timer: ReturnType<typeof setTimeout>;
  let ended = false;
  const wait = () => {
    if (!ended) timer = setTimeout(go, seconds * 1000);
  };
  const go = () => {
    if (document.visibilityState === 'hidden') return wait();
    question()
      .then((data) => ended || show(data))
      .then(wait, wait);
  };
  wait();
  return () => {
    ended = true;
    clearTimeout(timer);
  };
}
