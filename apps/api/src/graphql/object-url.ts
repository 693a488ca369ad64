import { objectKey } from '@cellmixer/storage';
import type { Context } from './context.ts';

/** An address under which an object can be read for ten minutes; null where there is none. */
export async function objectUrl<Key extends string | null>(
  { storage }: Context,
  key: Key,
  contentType: string,
  fileName?: string,
): Promise<Key extends null ? null : string> {
  const url =
    key === null
      ? null
      : await storage.readUrl(objectKey(key), {
          contentType,
          ...(fileName === undefined ? {} : { fileName }),
        });
  return url as Key extends null ? null : string;
}
