'use client';

import { useRouter } from 'next/navigation';
import { useCallback, useEffect, useReducer, useRef } from 'react';
import { send } from '#api/ask.ts';
import { graphql } from '#graphql';
import { hashOf, sendFile } from './send-file.ts';
import { changeQueue, type QueuedFile } from './upload-queue.ts';

const CreateUploadsMutation = graphql(`
  mutation CreateUploads($input: CreateUploadsInput!) {
    createUploads(input: $input) {
      __typename
      ... on CreateUploadsPayload { tickets { uploadId url headers { name value } } }
      ... on UserError { code message cure }
    }
  }
`);
const CompleteUploadsMutation = graphql(`
  mutation CompleteUploads($input: CompleteUploadsInput!) {
    completeUploads(input: $input) {
      __typename
      ... on CompleteUploadsPayload { items { uploadId problem warning image { id } } }
      ... on UserError { code message cure }
    }
  }
`);
const AbortUploadsMutation = graphql(`
  mutation AbortUploads($input: AbortUploadsInput!) {
    abortUploads(input: $input) {
      __typename
      ... on UserError { code message cure }
    }
  }
`);

/** Files sent at once; tickets asked for in one request. */
const AT_ONCE = 4;
const PACK = 100;
/** Above this a file must go in parts (bytes), which the command line does. */
const LARGEST = 64 * 2 ** 20;

/** Sends files into a dataset, four at once; each is completed when its pack has gone. */
export function useUploads(dataset: string) {
  const [queue, change] = useReducer(changeQueue, []);
  const router = useRouter();
  const busy = useRef(false);
  const stopping = useRef(new AbortController());

  const sendPack = useCallback(
    async (pack: readonly QueuedFile[]) => {
      const { signal } = stopping.current;
      const set = (key: string, values: Partial<QueuedFile>) =>
        change({ kind: 'change', key, change: values });
      const fail = (key: string, problem: string) => set(key, { state: 'failed', problem });
      const fit = pack.filter(({ key, file }) => {
        if (file.size === 0) fail(key, 'The file is empty. Export it again.');
        else if (file.size > LARGEST) {
          fail(key, 'Larger than 64 MiB: send it by the command line, which resumes where it broke off.');
        } else return true;
        return false;
      });
      for (const { key } of pack) if (fit.some((one) => one.key === key)) set(key, { state: 'sending' });
      if (fit.length === 0) return;
      try {
        const files = [];
        for (const { file } of fit)
          files.push({ name: file.name, sizeBytes: file.size, sha256: await hashOf(file) });
        const data = await send(CreateUploadsMutation, { input: { dataset, files } });
        const made = data.createUploads;
        if (made?.__typename !== 'CreateUploadsPayload') {
          const words =
            made === undefined ? 'The server did not answer.' : `${made.message} ${made.cure ?? ''}`;
          for (const { key } of fit) fail(key, words);
          return;
        }
        const sent: { key: string; uploadId: string }[] = [];
        const lost: string[] = [];
        let next = 0;
        const lane = async () => {
          while (next < fit.length) {
            const place = next++;
            const one = fit[place];
            const ticket = made.tickets[place];
            if (one === undefined || ticket === undefined || ticket.url === null) continue;
            const problem = await sendFile(
              one.file,
              { url: ticket.url, headers: ticket.headers },
              (share) => set(one.key, { share }),
              signal,
            );
            if (problem === null) sent.push({ key: one.key, uploadId: ticket.uploadId });
            else {
              lost.push(ticket.uploadId);
              fail(one.key, problem);
            }
          }
        };
        await Promise.all(Array.from({ length: AT_ONCE }, lane));
        if (sent.length > 0) {
          const uploadIds = sent.map(({ uploadId }) => uploadId);
          const completed = await send(CompleteUploadsMutation, { input: { dataset, uploadIds } });
          const answer = completed.completeUploads;
          for (const { key, uploadId } of sent) {
            if (answer?.__typename !== 'CompleteUploadsPayload') {
              fail(
                key,
                answer === undefined
                  ? 'The server did not answer.'
                  : `${answer.message} ${answer.cure ?? ''}`,
              );
              continue;
            }
            const item = answer.items.find((one) => one.uploadId === uploadId);
            if (item?.image == null) fail(key, item?.problem ?? 'It was not taken.');
            else set(key, { state: 'sent', share: 1, uploadId, warning: item.warning });
          }
        }
        if (lost.length > 0) {
          await send(AbortUploadsMutation, { input: { dataset, uploadIds: lost } });
        }
      } catch {
        for (const { key } of fit)
          fail(key, 'The server did not answer. Check the connection, then send it again.');
      }
    },
    [dataset],
  );

  useEffect(() => {
    const pack = queue.filter(({ state }) => state === 'waiting').slice(0, PACK);
    if (busy.current || pack.length === 0) return;
    busy.current = true;
    void sendPack(pack).finally(() => {
      busy.current = false;
      router.refresh();
      // A further look at the queue: what waits is the next pack.
      change({ kind: 'add', files: [] });
    });
  }, [queue, sendPack, router]);

  const stop = useCallback(() => {
    stopping.current.abort();
    stopping.current = new AbortController();
  }, []);
  return { queue, change, stop };
}
