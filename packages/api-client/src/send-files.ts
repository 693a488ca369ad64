import { createHash } from 'node:crypto';
import { createReadStream, openAsBlob } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import pLimit from 'p-limit';
import { z } from 'zod';
import type { ApiClient } from './api-client.ts';
import { mutate } from './mutate.ts';
import { mutateOnce } from './mutate-once.ts';
import { IN_ONE_PIECE } from './put.ts';
import { sendBytes } from './send-bytes.ts';
import { sendParts } from './send-parts.ts';

export interface SentFile {
  readonly path: string;
  readonly uploadId: string;
  /** Why its bytes were not taken, or null. */
  readonly problem: string | null;
}

export interface SendOptions {
  /** What the files are; pictures by default. */
  readonly purpose?: 'IMAGE' | 'ANNOTATION';
  /** Files sent at once; 4 by default. */
  readonly atOnce?: number;
  readonly onProgress?: (done: number, total: number) => void;
  /** Bytes that have come, of the files that are under way (some tens at a time). */
  readonly onBytes?: (sent: number, total: number) => void;
}

const ticketShape = z.object({
  uploadId: z.string(),
  url: z.string().nullable(),
  headers: z.array(z.object({ name: z.string(), value: z.string() })),
  parts: z.object({ size: z.number(), count: z.int() }).nullable(),
});
type Ticket = z.output<typeof ticketShape>;

const openShape = z.object({
  node: z.object({
    uploads: z.array(
      z.object({
        uploadId: z.string(),
        fileName: z.string(),
        sizeBytes: z.number(),
        sha256: z.string().nullable(),
        purpose: z.string(),
        parts: z.object({ size: z.number(), count: z.int() }).nullable(),
      }),
    ),
  }),
});

const thereShape = z.object({
  node: z.object({
    uploads: z.array(
      z.object({ uploadId: z.string(), partsThere: z.array(z.object({ part: z.int(), etag: z.string() })) }),
    ),
  }),
});

interface LocalFile {
  readonly path: string;
  readonly name: string;
  readonly blob: Blob;
  readonly sha256: string;
}

/**
 * Sends the bytes of up to 1,000 files into a dataset, each by a ticket for exactly these bytes; nothing is made of them
 * yet. A large file that broke off before goes on where it was. What could not be sent in one piece is given up again.
 */
export async function sendFiles(
  client: ApiClient,
  dataset: string,
  paths: readonly string[],
  { purpose = 'IMAGE', atOnce = 4, onProgress, onBytes }: SendOptions = {},
): Promise<SentFile[]> {
  if (paths.length === 0) return [];
  const limit = pLimit(atOnce);
  const files = await Promise.all(paths.map((path) => limit(() => describe(path))));
  const brokenOff = await findBrokenOff(client, dataset, purpose);
  const known = files.map((file) => brokenOff.get(keyOf(file.name, file.blob.size, file.sha256)) ?? null);
  const asked = files.filter((_file, i) => known[i] === null);
  const fresh = await askTickets(client, dataset, purpose, asked);
  const tickets = known.map((ticket) => ticket ?? fresh.shift());
  const total = files.reduce((sum, { blob }) => sum + blob.size, 0);
  let [done, sent] = [0, 0];
  const count = (bytes: number) => {
    sent += bytes;
    onBytes?.(sent, total);
  };
  const results = await Promise.all(
    files.map((file, i) =>
      limit(async (): Promise<SentFile & { readonly resumable: boolean }> => {
        const ticket = tickets[i];
        if (ticket === undefined) throw new Error(`no ticket for ${file.path}`);
        const problem = await sendFile(client, dataset, file, ticket, known[i] !== null, count);
        onProgress?.(++done, files.length);
        return { path: file.path, uploadId: ticket.uploadId, problem, resumable: ticket.url === null };
      }),
    ),
  );
  const lost = results.filter(({ problem, resumable }) => problem !== null && !resumable);
  if (lost.length > 0) {
    const uploadIds = lost.map(({ uploadId }) => uploadId);
    await mutate(client, 'abortUploads', { dataset, uploadIds }, 'items { uploadId }', z.unknown());
  }
  return results.map(({ path, uploadId, problem }) => ({ path, uploadId, problem }));
}

async function describe(path: string): Promise<LocalFile> {
  const hash = createHash('sha256');
  const blob = await openAsBlob(path);
  if (blob.size <= IN_ONE_PIECE) hash.update(await readFile(path));
  else for await (const chunk of createReadStream(path)) hash.update(chunk);
  return { path, name: basename(path), blob, sha256: hash.digest('hex') };
}

const keyOf = (name: string, size: number, sha256: string | null) => JSON.stringify([name, size, sha256]);

/** Files of parts that were begun and not finished, by name, size and checksum. */
async function findBrokenOff(
  client: ApiClient,
  dataset: string,
  purpose: string,
): Promise<Map<string, Ticket>> {
  const query = `query($id: ID!) { node(id: $id) { ... on Dataset { uploads {
    uploadId fileName sizeBytes sha256 purpose parts { size count } } } } }`;
  const { node } = await client.request(query, { id: dataset }, openShape);
  return new Map(
    node.uploads
      .filter((upload) => upload.parts !== null && upload.purpose === purpose)
      .map(({ uploadId, fileName, sizeBytes, sha256, parts }) => [
        keyOf(fileName, sizeBytes, sha256),
        { uploadId, url: null, headers: [], parts },
      ]),
  );
}

async function askTickets(
  client: ApiClient,
  dataset: string,
  purpose: string,
  files: readonly LocalFile[],
): Promise<Ticket[]> {
  if (files.length === 0) return [];
  const described = files.map(({ name, blob, sha256 }) => ({ name, sizeBytes: blob.size, sha256 }));
  const { tickets } = await mutateOnce(
    client,
    'createUploads',
    { dataset, purpose, files: described },
    'tickets { uploadId url headers { name value } parts { size count } }',
    z.object({ tickets: z.array(ticketShape) }),
  );
  return tickets;
}

async function sendFile(
  client: ApiClient,
  dataset: string,
  { path, blob }: LocalFile,
  { uploadId, url, headers, parts }: Ticket,
  goesOn: boolean,
  onBytes: (bytes: number) => void,
): Promise<string | null> {
  if (url !== null || parts === null) {
    // Read past the blob, which hands a small file out in pieces; it says what is wrong with one that is gone.
    const body = blob.size <= IN_ONE_PIECE ? await readFile(path).catch(() => blob) : blob;
    const problem = await sendBytes({ url: url ?? '', headers }, body, client.signal);
    if (problem === null) onBytes(blob.size);
    return problem;
  }
  const there = goesOn ? await partsThere(client, dataset, uploadId) : new Map<number, string>();
  const cut = { dataset, uploadId, file: blob, partSize: parts.size, partCount: parts.count, there };
  return sendParts(client, cut, onBytes);
}

async function partsThere(
  client: ApiClient,
  dataset: string,
  uploadId: string,
): Promise<Map<number, string>> {
  const query = `query($id: ID!, $uploadIds: [ID!]) { node(id: $id) { ... on Dataset {
    uploads(uploadIds: $uploadIds) { uploadId partsThere { part etag } } } } }`;
  const { node } = await client.request(query, { id: dataset, uploadIds: [uploadId] }, thereShape);
  return new Map(node.uploads[0]?.partsThere.map(({ part, etag }) => [part, etag]));
}
