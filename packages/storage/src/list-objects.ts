import type { Connection } from './connection.ts';
import type { ObjectKind } from './key-layout.ts';
import { type ObjectKey, type ObjectPrefix, objectKey } from './object-key.ts';
import { translate } from './translate-error.ts';

export interface ListedObject {
  readonly key: ObjectKey;
  /** Bytes. */
  readonly size: number;
  readonly etag: string;
  readonly modified: Date;
}

const pageSize = 1000;

/** The objects below a prefix in the byte order of their keys, read page by page as they are asked for. */
export async function* listObjects(
  connection: Connection,
  prefix: ObjectPrefix | `${ObjectKind}/`,
): AsyncGenerator<ListedObject> {
  const { bucket } = connection.settings;
  let token = '';
  do {
    const page = await connection.run(prefix, (client) =>
      client.listObjectsV2Query(bucket, prefix, token, '', pageSize, ''),
    );
    for (const { name, size, etag, lastModified } of page.objects) {
      if (name !== undefined) yield { key: objectKey(name), size, etag, modified: new Date(lastModified) };
    }
    token = page.isTruncated ? page.nextContinuationToken : '';
  } while (token !== '');
}

/** Deletes every object below a prefix and says how many there were. */
export async function deletePrefix(connection: Connection, prefix: ObjectPrefix): Promise<number> {
  let deleted = 0;
  let batch: string[] = [];
  const flush = async () => {
    if (batch.length > 0) await deleteBatch(connection, prefix, batch);
    deleted += batch.length;
    batch = [];
  };
  for await (const { key } of listObjects(connection, prefix)) {
    batch.push(key);
    if (batch.length === pageSize) await flush();
  }
  await flush();
  return deleted;
}

/** Deletes objects, whether they are there or not; up to 1,000 in a request. */
export async function deleteAll(connection: Connection, keys: readonly ObjectKey[]): Promise<void> {
  for (let from = 0; from < keys.length; from += pageSize) {
    const batch = keys.slice(from, from + pageSize);
    await deleteBatch(connection, batch[0] ?? '', batch);
  }
}

async function deleteBatch(connection: Connection, subject: string, keys: string[]): Promise<void> {
  const { bucket } = connection.settings;
  const results = await connection.run(subject, (client) => client.removeObjects(bucket, keys));
  const failed = results.find(
    (result) => result !== null && result !== undefined && result.Error !== undefined,
  );
  if (failed?.Error === undefined) return;
  const { Code = '', Message = '', Key = subject } = failed.Error;
  throw translate(Object.assign(new Error(Message), { code: Code }), Key, bucket);
}
