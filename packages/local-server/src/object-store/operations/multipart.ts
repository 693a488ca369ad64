import { expectBody } from '../body/expected-body.ts';
import { receiveBody } from '../body/receive-body.ts';
import type { Upload } from '../disk/multipart-uploads.ts';
import { checksumHeaders } from '../http/checksum-headers.ts';
import type { Exchange, Operation } from '../http/exchange.ts';
import { respondEmpty, respondXml } from '../http/respond.ts';
import { headersToKeep } from '../http/stored-headers.ts';
import { S3Error } from '../protocol/s3-error.ts';
import { readLimit } from './list-objects.ts';
import { largestBody } from './put-object.ts';

const mostParts = 10_000;

export const createUpload: Operation = async ({ request, response, target, store, now }) => {
  store.bucket(target.bucket);
  const { bucket, key } = target;
  const id = await store.uploads.begin({
    bucket,
    key,
    started: now,
    headers: headersToKeep(request.headers),
  });
  respondXml(response, 'InitiateMultipartUploadResult', { Bucket: bucket, Key: key, UploadId: id });
};

export const uploadPart: Operation = async (exchange) => {
  const { request, response, target, authentication, store, now } = exchange;
  const upload = await findUpload(exchange);
  const number = readPartNumber(target.query.get('partNumber'));
  const expected = expectBody(request, authentication, largestBody);
  exchange.askForBody();
  const received = await store.temporary.use(async (file) => {
    const body = await receiveBody(request, authentication, expected, file);
    const { size, sha256, checksums } = body;
    const record = { key: target.key, size, etag: body.md5, sha256, modified: now, headers: {}, checksums };
    await store.uploads.addPart(upload, number, file, record);
    return body;
  });
  respondEmpty(response, 200, { etag: `"${received.md5}"`, ...checksumHeaders(received.checksums) });
};

export const abortUpload: Operation = async (exchange) => {
  const { uploads } = exchange.store;
  const upload = await findUpload(exchange);
  await uploads.hold(upload, () => uploads.remove(upload));
  respondEmpty(exchange.response, 204);
};

export const listParts: Operation = async (exchange) => {
  const { response, target, store } = exchange;
  const { query } = target;
  const upload = await findUpload(exchange);
  const limit = readLimit(query, 'max-parts');
  const marker = query.get('part-number-marker') ?? '0';
  if (!/^\d{1,5}$/.test(marker)) throw new S3Error('InvalidArgument', 'part-number-marker must be a number');
  const rest = (await store.uploads.parts(upload)).filter((part) => part.number > Number(marker));
  const page = rest.slice(0, limit);
  respondXml(response, 'ListPartsResult', {
    Bucket: upload.bucket,
    Key: upload.key,
    UploadId: upload.id,
    PartNumberMarker: Number(marker),
    NextPartNumberMarker: page.at(-1)?.number ?? Number(marker),
    MaxParts: limit,
    IsTruncated: rest.length > page.length,
    Part: page.map(({ number, record }) => ({
      PartNumber: number,
      LastModified: new Date(record.modified).toISOString(),
      ETag: `"${record.etag}"`,
      Size: record.size,
    })),
  });
};

/** The upload that the address names. Throws NoSuchBucket and NoSuchUpload. */
export async function findUpload({ target, store }: Exchange): Promise<Upload> {
  store.bucket(target.bucket);
  return await store.uploads.find(target.bucket, target.key, target.query.get('uploadId') ?? '');
}

function readPartNumber(text: string | undefined): number {
  const number = Number(text);
  if (text === undefined || !/^\d{1,5}$/.test(text) || number < 1 || number > mostParts) {
    throw new S3Error('InvalidArgument', `partNumber must be 1 to ${mostParts}`);
  }
  return number;
}
