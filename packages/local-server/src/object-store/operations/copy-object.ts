import { copyBytes } from '../disk/copy-bytes.ts';
import type { StoredRecord } from '../disk/stored-file.ts';
import { checkRead, writeCondition } from '../http/conditions.ts';
import type { Operation } from '../http/exchange.ts';
import { respondXml } from '../http/respond.ts';
import { headersToKeep } from '../http/stored-headers.ts';
import { percentDecode } from '../protocol/percent-encoding.ts';
import { S3Error } from '../protocol/s3-error.ts';

export const copyObject: Operation = async ({ request, response, target, store, now }) => {
  const source = readSource(String(request.headers['x-amz-copy-source']));
  const bucket = store.bucket(target.bucket);
  const replaces = readDirective(request.headers['x-amz-metadata-directive']) === 'REPLACE';
  if (source.bucket === target.bucket && source.key === target.key && !replaces) {
    throw new S3Error(
      'InvalidRequest',
      'An object can be copied onto itself only with x-amz-metadata-directive REPLACE',
    );
  }
  const condition = writeCondition(request.headers);
  await using object = await store.bucket(source.bucket).open(source.key);
  if (object === null) throw new S3Error('NoSuchKey', `There is no object "${source.key}" to copy`);
  if (checkRead(request.headers, object.record, 'x-amz-copy-source-') === 'unchanged') {
    throw new S3Error('PreconditionFailed', 'A condition on the source does not hold');
  }
  const record: StoredRecord = {
    ...object.record,
    key: target.key,
    modified: now,
    headers: replaces ? headersToKeep(request.headers) : object.record.headers,
  };
  // As in completing an upload: a large copy is silent for longer than the idle limit.
  request.socket.setTimeout(0);
  await store.temporary.use(async (file) => {
    await copyBytes(object.file, file, record.size, () => {});
    await bucket.publish(file, record, condition);
  });
  respondXml(response, 'CopyObjectResult', {
    LastModified: new Date(now).toISOString(),
    ETag: `"${record.etag}"`,
  });
};

function readSource(header: string): { bucket: string; key: string } {
  const [path = '', version] = header.split('?', 2);
  const name = percentDecode(path).replace(/^\//, '');
  const slash = name.indexOf('/');
  if (version !== undefined) throw new S3Error('NotImplemented', 'There are no versions here');
  if (slash < 1 || slash === name.length - 1) {
    throw new S3Error('InvalidArgument', 'x-amz-copy-source must be /<bucket>/<key>');
  }
  return { bucket: name.slice(0, slash), key: name.slice(slash + 1) };
}

function readDirective(header: string | string[] | undefined): 'COPY' | 'REPLACE' {
  if (header === undefined || header === 'COPY') return 'COPY';
  if (header === 'REPLACE') return 'REPLACE';
  throw new S3Error('InvalidArgument', 'x-amz-metadata-directive must be COPY or REPLACE');
}
