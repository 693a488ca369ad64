'use client';

import { useRouter } from 'next/navigation';
import { useCallback, useEffect, useReducer, useRef } from 'react';
import { measureFiles } from './measure-files.ts';
import { changeQueue, type FoundFile } from './upload-queue.ts';

/** Files of a pack; as many fit into one question about what is known. */
const PACK = 100;

const UNLOADED = 'The server does not answer. Check the connection, then send it again.';

/** Sends what is in the queue into a dataset, pack by pack. */
export function useUploads(dataset: string) {
  const [queue, change] = useReducer(changeQueue, []);
  const router = useRouter();
  const busy = useRef(false);
  const stopping = useRef(new AbortController());

  useEffect(() => {
    const pack = queue.filter(({ state }) => state === 'waiting').slice(0, PACK);
    if (busy.current || pack.length === 0) return;
    busy.current = true;
    const tell = (keys: readonly string[], values: object) =>
      change({ kind: 'change', keys, change: values });
    const { signal } = stopping.current;
    // What sends comes with the first file: most who look at a dataset send nothing.
    const sent = import('./send-pack.ts').then(
      ({ sendPack }) => sendPack(dataset, pack, tell, signal),
      () =>
        tell(
          pack.map(({ key }) => key),
          { state: 'failed', problem: UNLOADED },
        ),
    );
    void sent.finally(() => {
      busy.current = false;
      router.refresh();
      // A further look at the queue: what waits is the next pack.
      change({ kind: 'add', files: [] });
    });
  }, [queue, dataset, router]);

  const add = useCallback(async (found: readonly FoundFile[]) => {
    const shown = found.filter(({ file }) => !file.name.startsWith('.'));
    for await (const files of measureFiles(shown)) change({ kind: 'add', files });
  }, []);
  const stop = useCallback(() => {
    stopping.current.abort();
    stopping.current = new AbortController();
    change({ kind: 'stop' });
  }, []);
  return { queue, add, change, stop };
}
