import { z } from 'zod';
import type { ApiClient } from './api-client.ts';
import { mutate } from './mutate.ts';
import { type SendOptions, sendFiles } from './send-files.ts';

export interface UploadedFile {
  readonly path: string;
  /** Null where it failed; then `problem` says why. */
  readonly imageId: string | null;
  readonly problem: string | null;
  /** What is odd about it: the same bytes twice, a name that does not fit the dataset's pattern. */
  readonly warning: string | null;
}

export type UploadOptions = Omit<SendOptions, 'purpose'>;

/** Files asked for in one mutation: the server reads the first ones while others are on their way. */
const PACK = 40;

const completedShape = z.object({
  items: z.array(
    z.object({
      uploadId: z.string(),
      image: z.object({ id: z.string() }).nullable(),
      problem: z.string().nullable(),
      warning: z.string().nullable(),
    }),
  ),
});

/** Uploads files into a dataset, each by a ticket for exactly its bytes. One bad file does not hold up the rest. */
export async function uploadFiles(
  client: ApiClient,
  dataset: string,
  paths: readonly string[],
  { onProgress, onBytes, ...options }: UploadOptions = {},
): Promise<UploadedFile[]> {
  const done: UploadedFile[] = [];
  for (let at = 0; at < paths.length; at += PACK) {
    const pack = paths.slice(at, at + PACK);
    const sent = await sendFiles(client, dataset, pack, {
      ...options,
      onProgress: (count) => onProgress?.(at + count, paths.length),
      ...(onBytes === undefined ? {} : { onBytes }),
    });
    const uploadIds = sent.filter(({ problem }) => problem === null).map(({ uploadId }) => uploadId);
    const { items } =
      uploadIds.length === 0
        ? { items: [] }
        : await mutate(
            client,
            'completeUploads',
            { dataset, uploadIds },
            'items { uploadId image { id } problem warning }',
            completedShape,
          );
    const byUpload = new Map(items.map((item) => [item.uploadId, item]));
    for (const { path, uploadId, problem } of sent) {
      const item = byUpload.get(uploadId);
      done.push({
        path,
        imageId: item?.image?.id ?? null,
        problem: problem ?? item?.problem ?? null,
        warning: item?.warning ?? null,
      });
    }
  }
  return done;
}
