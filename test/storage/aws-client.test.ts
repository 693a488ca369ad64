import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsCommand,
  ListObjectsV2Command,
  ListPartsCommand,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deterministicBytes } from './deterministic-bytes.ts';
import { type ServerUnderTest, startServerUnderTest } from './server-under-test.ts';

let server: ServerUnderTest;
let Bucket: string;
beforeAll(async () => {
  server = await startServerUnderTest();
  Bucket = server.settings.bucket;
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
});

const mebi = 1024 ** 2;

async function get(Key: string, more: Record<string, unknown> = {}): Promise<Buffer> {
  const { Body } = await server.aws.send(new GetObjectCommand({ Bucket, Key, ...more }));
  return Buffer.from((await Body?.transformToByteArray()) ?? []);
}

describe('the AWS client: objects', () => {
  it('puts and gets with headers and metadata', async () => {
    const Key = 'objects/headers';
    const headers = { ContentType: 'image/tiff', CacheControl: 'no-store', ContentDisposition: 'inline' };
    await server.aws.send(
      new PutObjectCommand({ Bucket, Key, Body: 'picture', ...headers, Metadata: { passage: '12' } }),
    );
    const head = await server.aws.send(new HeadObjectCommand({ Bucket, Key }));
    expect(head).toMatchObject({ ContentLength: 7, ...headers, Metadata: { passage: '12' } });
    expect((await get(Key)).toString()).toBe('picture');
  });

  it.each(['CRC32', 'CRC32C', 'SHA1', 'SHA256'] as const)(
    'verifies %s, also behind a stream',
    async (algorithm) => {
      const data = deterministicBytes(200_000);
      const Key = `objects/${algorithm}`;
      await server.aws.send(new PutObjectCommand({ Bucket, Key, Body: data, ChecksumAlgorithm: algorithm }));
      expect((await get(Key, { ChecksumMode: 'ENABLED' })).equals(data)).toBe(true);
      const Body = Readable.from([data.subarray(0, 70_000), data.subarray(70_000)]);
      await server.aws.send(
        new PutObjectCommand({
          Bucket,
          Key: `${Key}-stream`,
          Body,
          ContentLength: data.length,
          ChecksumAlgorithm: algorithm,
        }),
      );
      expect((await get(`${Key}-stream`)).equals(data)).toBe(true);
    },
  );

  it('refuses a wrong checksum', async () => {
    const Key = 'objects/wrong';
    const ChecksumSHA256 = createHash('sha256').update('other').digest('base64');
    const put = server.aws.send(new PutObjectCommand({ Bucket, Key, Body: 'this', ChecksumSHA256 }));
    await expect(put).rejects.toMatchObject({ $metadata: { httpStatusCode: 400 } });
    const ContentMD5 = createHash('md5').update('other').digest('base64');
    const second = server.aws.send(new PutObjectCommand({ Bucket, Key, Body: 'this', ContentMD5 }));
    await expect(second).rejects.toMatchObject({ name: expect.stringMatching(/BadDigest|InvalidDigest/) });
    await expect(get(Key)).rejects.toMatchObject({ name: 'NoSuchKey' });
  });

  it('reads ranges', async () => {
    const data = deterministicBytes(1000);
    await server.aws.send(new PutObjectCommand({ Bucket, Key: 'objects/range', Body: data }));
    for (const [Range, from, to] of [
      ['bytes=0-9', 0, 10],
      ['bytes=990-2000', 990, 1000],
      ['bytes=-5', 995, 1000],
      ['bytes=500-', 500, 1000],
    ] as const) {
      expect((await get('objects/range', { Range })).equals(data.subarray(from, to))).toBe(true);
    }
    await expect(get('objects/range', { Range: 'bytes=1000-1001' })).rejects.toMatchObject({
      name: 'InvalidRange',
    });
  });

  it('reads under conditions', async () => {
    const Key = 'objects/conditions';
    const { ETag } = await server.aws.send(new PutObjectCommand({ Bucket, Key, Body: 'a' }));
    const before = new Date(Date.now() - 3_600_000);
    const { LastModified } = await server.aws.send(new HeadObjectCommand({ Bucket, Key }));
    // HTTP's dates have whole seconds, and one that lies in the future does not count.
    const after = new Date((LastModified?.getTime() ?? 0) + 1000);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect((await get(Key, { IfMatch: ETag })).toString()).toBe('a');
    expect((await get(Key, { IfNoneMatch: '"0"' })).toString()).toBe('a');
    expect((await get(Key, { IfModifiedSince: before })).toString()).toBe('a');
    const status = (httpStatusCode: number) => ({ $metadata: { httpStatusCode } });
    await expect(get(Key, { IfMatch: '"0"' })).rejects.toMatchObject(status(412));
    await expect(get(Key, { IfUnmodifiedSince: before })).rejects.toMatchObject(status(412));
    await expect(get(Key, { IfNoneMatch: ETag })).rejects.toMatchObject(status(304));
    await expect(get(Key, { IfModifiedSince: after })).rejects.toMatchObject(status(304));
  });

  it('writes only where nothing is, if told so', async () => {
    const Key = 'objects/once';
    await server.aws.send(new PutObjectCommand({ Bucket, Key, Body: 'first', IfNoneMatch: '*' }));
    const second = server.aws.send(new PutObjectCommand({ Bucket, Key, Body: 'second', IfNoneMatch: '*' }));
    await expect(second).rejects.toMatchObject({ name: 'PreconditionFailed' });
    expect((await get(Key)).toString()).toBe('first');
  });

  it('copies with new metadata', async () => {
    const [Key, to] = ['objects/from ü', 'objects/to'];
    await server.aws.send(new PutObjectCommand({ Bucket, Key, Body: 'a', Metadata: { a: '1' } }));
    const CopySource = `/${Bucket}/${encodeURIComponent(Key)}`;
    await server.aws.send(
      new CopyObjectCommand({
        Bucket,
        Key: to,
        CopySource,
        MetadataDirective: 'REPLACE',
        ContentType: 'image/png',
        Metadata: { b: '2' },
      }),
    );
    const head = await server.aws.send(new HeadObjectCommand({ Bucket, Key: to }));
    expect(head.Metadata).toEqual({ b: '2' });
    expect(head.ContentType).toBe('image/png');
  });

  it('deletes one and many, and what is not there', async () => {
    for (const Key of ['gone/1', 'gone/2', 'gone/<3>&'])
      await server.aws.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }));
    await server.aws.send(new DeleteObjectCommand({ Bucket, Key: 'gone/1' }));
    await server.aws.send(new DeleteObjectCommand({ Bucket, Key: 'gone/1' }));
    const Objects = [{ Key: 'gone/2' }, { Key: 'gone/<3>&' }, { Key: 'gone/never' }];
    const { Deleted, Errors } = await server.aws.send(
      new DeleteObjectsCommand({ Bucket, Delete: { Objects } }),
    );
    expect([Deleted?.length, Errors ?? []]).toEqual([3, []]);
    expect((await server.aws.send(new ListObjectsV2Command({ Bucket, Prefix: 'gone/' }))).KeyCount).toBe(0);
  });
});

describe('the AWS client: listings', () => {
  const keys = [
    'list/a',
    'list/b/1',
    'list/b/2',
    'list/c',
    'list/d/1',
    'list/é',
    'list/\u{1f52c}',
    'list/\uffee',
  ];
  const sorted = [...keys].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  beforeAll(async () => {
    for (const Key of keys) await server.aws.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }));
  });

  it('gives the keys in the order of their bytes, page by page', async () => {
    const found: unknown[] = [];
    let ContinuationToken: string | undefined;
    do {
      const page = await server.aws.send(
        new ListObjectsV2Command({ Bucket, Prefix: 'list/', MaxKeys: 3, ContinuationToken }),
      );
      expect(page.KeyCount).toBeLessThanOrEqual(3);
      found.push(...(page.Contents ?? []).map((object) => object.Key));
      ContinuationToken = page.NextContinuationToken;
    } while (ContinuationToken !== undefined);
    expect(found).toEqual(sorted);
  });

  it('rolls keys up, page by page, each group once', async () => {
    const found: unknown[] = [];
    let ContinuationToken: string | undefined;
    do {
      const page = await server.aws.send(
        new ListObjectsV2Command({ Bucket, Prefix: 'list/', Delimiter: '/', MaxKeys: 1, ContinuationToken }),
      );
      found.push(
        ...(page.Contents ?? []).map((object) => object.Key),
        ...(page.CommonPrefixes ?? []).map((group) => group.Prefix),
      );
      ContinuationToken = page.NextContinuationToken;
    } while (ContinuationToken !== undefined);
    expect(found).toEqual(['list/a', 'list/b/', 'list/c', 'list/d/', ...sorted.slice(5)]);
  });

  it('begins behind a key', async () => {
    const page = await server.aws.send(
      new ListObjectsV2Command({ Bucket, Prefix: 'list/', StartAfter: 'list/b/1' }),
    );
    expect(page.Contents?.map((object) => object.Key)).toEqual(sorted.slice(2));
  });

  it('answers the older listing', async () => {
    const page = await server.aws.send(
      new ListObjectsCommand({ Bucket, Prefix: 'list/', Delimiter: '/', MaxKeys: 2 }),
    );
    expect(page.IsTruncated).toBe(true);
    const rest = await server.aws.send(
      new ListObjectsCommand({ Bucket, Prefix: 'list/', Delimiter: '/', Marker: page.NextMarker }),
    );
    expect(rest.Contents?.[0]?.Key).toBe('list/c');
    expect(rest.CommonPrefixes?.map((group) => group.Prefix)).toEqual(['list/d/']);
  });
});

describe('the AWS client: uploads of parts', () => {
  const part = (Key: string, UploadId: string | undefined, PartNumber: number, Body: Buffer) =>
    server.aws.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber, Body }));

  it('puts parts together, of which one was sent twice and one is left out', async () => {
    const Key = 'parts/whole ü';
    const first = deterministicBytes(5 * mebi);
    const { UploadId } = await server.aws.send(
      new CreateMultipartUploadCommand({ Bucket, Key, ContentType: 'image/tiff', Metadata: { a: '1' } }),
    );
    await part(Key, UploadId, 2, Buffer.from('wrong'));
    const answers = [await part(Key, UploadId, 2, Buffer.from('end')), await part(Key, UploadId, 1, first)];
    await part(Key, UploadId, 3, Buffer.from('left out'));
    const listed = await server.aws.send(new ListPartsCommand({ Bucket, Key, UploadId }));
    expect(listed.Parts?.map(({ PartNumber, Size }) => [PartNumber, Size])).toEqual([
      [1, first.length],
      [2, 3],
      [3, 8],
    ]);
    const Parts = [
      { PartNumber: 1, ETag: answers[1]?.ETag },
      { PartNumber: 2, ETag: answers[0]?.ETag },
    ];
    const done = await server.aws.send(
      new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts } }),
    );
    const md5 = (data: Buffer) => createHash('md5').update(data).digest();
    expect(done.ETag).toBe(
      `"${md5(Buffer.concat([md5(first), md5(Buffer.from('end'))])).toString('hex')}-2"`,
    );
    expect((await get(Key)).equals(Buffer.concat([first, Buffer.from('end')]))).toBe(true);
    const head = await server.aws.send(new HeadObjectCommand({ Bucket, Key }));
    expect([head.ContentType, head.Metadata]).toEqual(['image/tiff', { a: '1' }]);
  });

  it('refuses a part that was never sent, the wrong order, and parts that are too small', async () => {
    const Key = 'parts/wrong';
    const { UploadId } = await server.aws.send(new CreateMultipartUploadCommand({ Bucket, Key }));
    const one = { PartNumber: 1, ETag: (await part(Key, UploadId, 1, Buffer.from('small'))).ETag };
    const two = { PartNumber: 2, ETag: (await part(Key, UploadId, 2, deterministicBytes(5 * mebi))).ETag };
    const complete = (...Parts: { PartNumber: number; ETag: string | undefined }[]) =>
      server.aws.send(
        new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts } }),
      );
    await expect(complete({ ...one, PartNumber: 7 })).rejects.toMatchObject({ name: 'InvalidPart' });
    await expect(complete({ ...one, ETag: two.ETag })).rejects.toMatchObject({ name: 'InvalidPart' });
    await expect(complete(two, one)).rejects.toMatchObject({ name: 'InvalidPartOrder' });
    await expect(complete(one, two)).rejects.toMatchObject({ name: 'EntityTooSmall' });
    await expect(get(Key)).rejects.toMatchObject({ name: 'NoSuchKey' });
  });

  it('lists unfinished uploads until they are aborted', async () => {
    const Key = 'parts/unfinished';
    const { UploadId } = await server.aws.send(new CreateMultipartUploadCommand({ Bucket, Key }));
    const list = async () => {
      const { Uploads } = await server.aws.send(new ListMultipartUploadsCommand({ Bucket, Prefix: Key }));
      return (Uploads ?? []).map((upload) => [upload.Key, upload.UploadId]);
    };
    expect(await list()).toEqual([[Key, UploadId]]);
    await server.aws.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }));
    expect(await list()).toEqual([]);
    await expect(part(Key, UploadId, 1, Buffer.from('a'))).rejects.toMatchObject({ name: 'NoSuchUpload' });
  });
});
