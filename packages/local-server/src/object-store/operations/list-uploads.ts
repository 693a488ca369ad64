import { compareKeys } from '../disk/key-order.ts';
import type { Operation } from '../http/exchange.ts';
import { respondXml } from '../http/respond.ts';
import { readEncoding, readLimit } from './list-objects.ts';

/** Unfinished uploads by key, then by start; `delimiter` rolls keys up as in a listing of objects. */
export const listUploads: Operation = async ({ response, target, store }) => {
  const { query } = target;
  const bucket = store.bucket(target.bucket);
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter') ?? '';
  const keyMarker = query.get('key-marker') ?? '';
  const idMarker = query.get('upload-id-marker') ?? '';
  const limit = readLimit(query, 'max-uploads');
  const encoded = readEncoding(query);
  const all = (await store.uploads.list(bucket.name)).filter(({ key }) => key.startsWith(prefix));
  const groupOf = (key: string) => {
    const end = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
    return end < 0 ? null : key.slice(0, end + delimiter.length);
  };
  const markedAt = all.findIndex(({ key, id }) => key === keyMarker && id === idMarker);
  const rest = all.filter(({ key }, place) => {
    if (markedAt >= 0) return place > markedAt;
    return keyMarker === '' || (compareKeys(key, keyMarker) > 0 && groupOf(key) !== keyMarker);
  });
  const groups = new Set<string>();
  const page: typeof rest = [];
  let last: { key: string; id: string } | null = null;
  let truncated = false;
  for (const upload of rest) {
    const group = groupOf(upload.key);
    if (group !== null && groups.has(group)) continue;
    if (page.length + groups.size >= limit) {
      truncated = true;
      break;
    }
    if (group === null) page.push(upload);
    else groups.add(group);
    last = group === null ? upload : { key: group, id: '' };
  }
  respondXml(response, 'ListMultipartUploadsResult', {
    Bucket: bucket.name,
    Prefix: encoded(prefix),
    Delimiter: delimiter === '' ? undefined : encoded(delimiter),
    KeyMarker: encoded(keyMarker),
    UploadIdMarker: idMarker,
    NextKeyMarker: truncated && last !== null ? encoded(last.key) : undefined,
    NextUploadIdMarker: truncated && last !== null ? last.id : undefined,
    EncodingType: query.get('encoding-type'),
    MaxUploads: limit,
    IsTruncated: truncated,
    Upload: page.map(({ key, id, started }) => ({
      Key: encoded(key),
      UploadId: id,
      StorageClass: 'STANDARD',
      Initiated: new Date(started).toISOString(),
    })),
    CommonPrefixes: [...groups].map((group) => ({ Prefix: encoded(group) })),
  });
};
