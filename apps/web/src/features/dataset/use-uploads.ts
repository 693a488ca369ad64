'use client';

import { useRouter } from 'next/navigation';
import { useCallback, useEffect, useReducer, useRef } from 'react';
import { measureFiles } from './measure-files.ts';
import { PACK, sendPack } from './send-pack.ts';
import { changeQueue, type FoundFile } from './upload-queue.ts';

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
    void sendPack(dataset, pack, tell, stopping.current.signal).finally(() => {
      busy.current = false;
      router.refresh();
      // A further look at the queue: what waits is the next pack.
      change({ kind: 'add', files: [] });
    });
  }, [queue, dataset, router]);

  const add = useCallback(async (found: readonly FoundFile[]) => {
    for await (const files of measureFiles(found)) change({ kind: 'add', files });
  }, []);
  const stop = useCallback(() => {
    stopping.current.abort();
    stopping.current = new AbortController();
    change({ kind: 'stop' });
  }, []);
  return { queue, add, change, stop };
}
