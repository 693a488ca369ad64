import { createHash } from 'node:crypto';
import pLimit from 'p-limit';
import { z } from 'zod';
import type { ApiClient } from './api-client.ts';
import { mutate } from './mutate.ts';
import { sendBytes } from './send-bytes.ts';

const ticketsShape = z.object({
  tickets: z.array(
    z.object({
      part: z.int(),
      url: z.string(),
      headers: z.array(z.object({ name: z.string(), value: z.string() })),
    }),
  ),
});

export interface CutFile {
  readonly dataset: string;
  readonly uploadId: string;
  readonly file: Blob;
  /** Bytes of each part but the last. */
  readonly partSize: number;
  readonly partCount: number;
  /** MD5 by part, of those that have come. */
  readonly there: ReadonlyMap<number, string>;
}

/** Parts of a file that are under way at once. */
const AT_ONCE = 3;

/** Sends the parts of a file that have not come yet, each bound to its bytes. @returns why not, or null */
export async function sendParts(
  client: ApiClient,
  { dataset, uploadId, file, partSize, partCount, there }: CutFile,
  onBytes: (bytes: number) => void,
): Promise<string | null> {
  const limit = pLimit(AT_ONCE);
  let problem: string | null = null;
  await Promise.all(
    Array.from({ length: partCount }, (_, i) =>
      limit(async () => {
        if (problem !== null) return;
        const part = i + 1;
        const bytes = new Uint8Array(await file.slice(i * partSize, part * partSize).arrayBuffer());
        const md5 = createHash('md5').update(bytes).digest('hex');
        if (there.get(part) !== md5) {
          // A ticket for each part when its turn comes: a file may take longer than a ticket holds.
          const input = { dataset, uploadId, parts: [{ part, md5 }] };
          const fields = 'tickets { part url headers { name value } }';
          const { tickets } = await mutate(client, 'createPartTickets', input, fields, ticketsShape);
          const [ticket] = tickets;
          const failed =
            ticket === undefined ? 'no ticket came' : await sendBytes(ticket, bytes, client.signal);
          if (failed !== null) {
            problem ??= `part ${part} of ${partCount}: ${failed}`;
            return;
          }
        }
        onBytes(bytes.length);
      }),
    ),
  );
  return problem;
}
