import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import pLimit from 'p-limit';
import { z } from 'zod';
import type { ApiClient } from './api-client.ts';
import { mutate } from './mutate.ts';

export interface UploadedFile {
  readonly path: string;
  /** Null where it failed; then `problem` says why. */
  readonly imageId: string | null;
  readonly problem: string | null;
}

export interface UploadOptions {
  /** Files sent at once; 4 by default. */
  readonly atOnce?: number;
  readonly onProgress?: (done: number, total: number) => void;
}

/** Files asked for in one mutation. */
const PACK = 200;

/** Uploads files into a dataset, each by a ticket for exactly its bytes. One bad file does not hold up the rest. */
export async function uploadFiles(
  client: ApiClient,
  dataset: string,
  paths: readonly string[],
  { atOnce = 4, onProgress }: UploadOptions = {},
): Promise<UploadedFile[]> {
  const done: UploadedFile[] = [];
  for (let at = 0; at < paths.length; at += PACK) {
    const pack = paths.slice(at, at + PACK);
    done.push(
      ...(await uploadPack(client, dataset, pack, atOnce, (n) => onProgress?.(at + n, paths.length))),
    );
  }
  return done;
}

const ticketsShape = z.object({
  tickets: z.array(
    z.object({
      uploadId: z.string(),
      url: z.string(),
      headers: z.array(z.object({ name: z.string(), value: z.string() })),
    }),
  ),
});

const completedShape = z.object({
  items: z.array(
    z.object({
      uploadId: z.string(),
      image: z.object({ id: z.string() }).nullable(),
      problem: z.string().nullable(),
    }),
  ),
});

async function uploadPack(
  client: ApiClient,
  dataset: string,
  paths: readonly string[],
  atOnce: number,
  onDone: (count: number) => void,
): Promise<UploadedFile[]> {
  const limit = pLimit(atOnce);
  const files = await Promise.all(
    paths.map((path) =>
      limit(async () => {
        const bytes = await readFile(path);
        const sha256 = createHash('sha256').update(bytes).digest('hex');
        return { name: basename(path), sizeBytes: bytes.length, sha256 };
      }),
    ),
  );
  const fields = 'tickets { uploadId url headers { name value } }';
  const { tickets } = await mutate(client, 'createUploads', { dataset, files }, fields, ticketsShape);
  const problems = new Map<string, string>();
  let count = 0;
  await Promise.all(
    tickets.map((ticket, i) =>
      limit(async () => {
        const headers = Object.fromEntries(ticket.headers.map(({ name, value }) => [name, value]));
        const problem = await send(ticket.url, headers, paths[i] ?? '', client.signal);
        if (problem !== null) problems.set(ticket.uploadId, problem);
        onDone(++count);
      }),
    ),
  );
  const sent = tickets.map((ticket) => ticket.uploadId).filter((id) => !problems.has(id));
  const completed =
    sent.length === 0
      ? []
      : (
          await mutate(
            client,
            'completeUploads',
            { dataset, uploadIds: sent },
            'items { uploadId image { id } problem }',
            completedShape,
          )
        ).items;
  const byUpload = new Map(completed.map((item) => [item.uploadId, item]));
  return tickets.map(({ uploadId }, i) => {
    const item = byUpload.get(uploadId);
    return {
      path: paths[i] ?? '',
      imageId: item?.image?.id ?? null,
      problem: problems.get(uploadId) ?? item?.problem ?? null,
    };
  });
}

/** @returns why the bytes were not taken, or null */
async function send(
  url: string,
  headers: Record<string, string>,
  path: string,
  signal: AbortSignal | undefined,
): Promise<string | null> {
  try {
    const body = await readFile(path);
    const response = await fetch(url, { method: 'PUT', headers, body, ...(signal && { signal }) });
    if (response.ok) return null;
    const said = /<Message>([^<]*)/.exec(await response.text())?.[1];
    return `the bucket answered ${response.status}${said === undefined ? '' : `: ${said}`}`;
  } catch (error) {
    signal?.throwIfAborted();
    return `the bucket cannot be reached: ${error instanceof Error ? error.message : String(error)}`;
  }
}
