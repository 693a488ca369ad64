import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { CopyConditions } from 'minio';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deterministicBytes } from './deterministic-bytes.ts';
import { fetchWhole } from './fetch-whole.ts';
import { encodesListings, type ServerUnderTest, startServerUnderTest } from './server-under-test.ts';

let server: ServerUnderTest;
let bucket: string;
beforeAll(async () => {
  server = await startServerUnderTest();
  bucket = server.settings.bucket;
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
});

/** Keys that are easily mangled on their way. */
const oddKeys = [
  'odd/a b+c.txt',
  'odd/plus+and%2Fpercent%25',
  'odd/Zählung µm é.tif',
  'odd/顕微鏡/🔬.tif',
  "odd/(quotes)'!*&=?#;,$@:~",
  'odd/<xml>&amp;"',
  `odd/${'long'.repeat(50)}`,
];

describe('the minio client', () => {
  it.each(oddKeys)('puts, stats, gets and removes the key %s', async (key) => {
    const body = Buffer.from(`body of ${key}`);
    const metadata = { 'Content-Type': 'text/plain', 'x-amz-meta-line': 'HeLa' };
    await server.minio.putObject(bucket, key, body, body.length, metadata);
    const stat = await server.minio.statObject(bucket, key);
    expect(stat).toMatchObject({
      size: body.length,
      metaData: { 'content-type': 'text/plain', line: 'HeLa' },
    });
    expect((await buffer(await server.minio.getObject(bucket, key))).equals(body)).toBe(true);
    await server.minio.removeObject(bucket, key);
    await expect(server.minio.statObject(bucket, key)).rejects.toMatchObject({ code: 'NotFound' });
  });

  it.skipIf(!encodesListings)('lists odd keys as they are', async () => {
    for (const key of oddKeys) await server.minio.putObject(bucket, key, 'x');
    expect((await names('odd/')).sort()).toEqual([...oddKeys].sort());
  });

  it('gives an object the MD5 of its bytes as ETag', async () => {
    const { etag } = await server.minio.putObject(bucket, 'etag', Buffer.from('hello world'));
    expect(etag).toBe('5eb63bbbe01eeed093cb22bb8f5acdc3');
  });

  it('uploads a long stream in parts, resuming nothing', async () => {
    const data = deterministicBytes(70 * 1024 ** 2);
    await server.minio.putObject(
      bucket,
      'long',
      Readable.from([data.subarray(0, 5_000_000), data.subarray(5_000_000)]),
      data.length,
    );
    const middle = await buffer(await server.minio.getPartialObject(bucket, 'long', 60_000_000, 1000));
    expect(middle.equals(data.subarray(60_000_000, 60_001_000))).toBe(true);
    expect((await server.minio.statObject(bucket, 'long')).size).toBe(data.length);
  });

  it('rolls keys up by their folders', async () => {
    for (const key of ['tree/a/1', 'tree/a/2', 'tree/b/1', 'tree/c'])
      await server.minio.putObject(bucket, key, 'x');
    const listed: unknown[] = [];
    for await (const item of server.minio.listObjectsV2(bucket, 'tree/', false))
      listed.push(item.prefix ?? item.name);
    expect(listed.sort()).toEqual(['tree/a/', 'tree/b/', 'tree/c']);
    expect(await names('tree/')).toEqual(['tree/a/1', 'tree/a/2', 'tree/b/1', 'tree/c']);
  });

  it('removes many at once', async () => {
    const keys = Array.from({ length: 20 }, (_, i) => `many/${i}`);
    await Promise.all(keys.map((key) => server.minio.putObject(bucket, key, 'x')));
    await server.minio.removeObjects(bucket, [...keys.slice(1), 'many/not there']);
    expect(await names('many/')).toEqual(['many/0']);
  });

  it('copies under a condition', async () => {
    const { etag } = await server.minio.putObject(bucket, 'from', 'picture', 7, {
      'Content-Type': 'image/png',
    });
    const conditions = new CopyConditions();
    conditions.setMatchETag(etag);
    await server.minio.copyObject(bucket, 'to', `/${bucket}/from`, conditions);
    expect((await server.minio.statObject(bucket, 'to')).metaData['content-type']).toBe('image/png');
    conditions.setMatchETag('0'.repeat(32));
    await expect(server.minio.copyObject(bucket, 'to2', `/${bucket}/from`, conditions)).rejects.toMatchObject(
      { code: 'PreconditionFailed' },
    );
  });

  it('presigns reads and writes', async () => {
    const put = await server.minio.presignedPutObject(bucket, 'presigned é', 60);
    expect((await fetchWhole(put, { method: 'PUT', body: 'abc' })).status).toBe(200);
    const get = await server.minio.presignedGetObject(bucket, 'presigned é', 60);
    expect((await fetchWhole(get)).body.toString()).toBe('abc');
  });

  it('finds a bucket or not', async () => {
    expect(await server.minio.bucketExists(bucket)).toBe(true);
    expect(await server.minio.bucketExists('no-such-bucket-here')).toBe(false);
    await expect(server.minio.putObject('no-such-bucket-here', 'a', 'x')).rejects.toMatchObject({
      code: 'NoSuchBucket',
    });
    const other = `${bucket}-b`;
    await server.minio.makeBucket(other, server.settings.region);
    expect((await server.minio.listBuckets()).map(({ name }) => name)).toEqual(
      expect.arrayContaining([bucket, other]),
    );
    await server.minio.removeBucket(other);
    expect(await server.minio.bucketExists(other)).toBe(false);
  });

  it('does not remove a bucket that holds something', async () => {
    await server.minio.putObject(bucket, 'kept', 'x');
    await expect(server.minio.removeBucket(bucket)).rejects.toMatchObject({ code: 'BucketNotEmpty' });
  });
});

async function names(prefix: string): Promise<string[]> {
  const found: string[] = [];
  for await (const item of server.minio.listObjectsV2(bucket, prefix, true)) found.push(String(item.name));
  return found;
}
