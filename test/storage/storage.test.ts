import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import {
  attemptKey,
  attemptPrefix,
  imageKey,
  imagePrefix,
  incomingKey,
  type ListedObject,
  modelKey,
  type ObjectPrefix,
} from '@cellmixer/storage';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deterministicBytes } from './deterministic-bytes.ts';
import { type ServerUnderTest, startServerUnderTest } from './server-under-test.ts';

let server: ServerUnderTest;
beforeAll(async () => {
  server = await startServerUnderTest();
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
});

const mebi = 1024 ** 2;
const png = { contentType: 'image/png' };
const sha256 = (data: Uint8Array) => createHash('sha256').update(data).digest('hex');

describe('put and read', () => {
  it('gives back the bytes, the type, the size and the checksum', async () => {
    const key = imageKey('lab1', 'image1', 'thumbnail.webp');
    const data = deterministicBytes(100_000);
    const put = await server.storage.put(key, data, { contentType: 'image/webp' });
    expect(put).toMatchObject({ size: 100_000, sha256: sha256(data) });
    expect((await server.storage.readBytes(key)).equals(data)).toBe(true);
    const info = await server.storage.head(key);
    expect(info).toMatchObject({
      size: 100_000,
      contentType: 'image/webp',
      sha256: sha256(data),
      etag: put.etag,
    });
    expect(Math.abs(Date.now() - (info?.modified.getTime() ?? 0))).toBeLessThan(3_600_000);
  });

  it('keeps an empty object', async () => {
    const key = imageKey('lab1', 'empty', 'a');
    await server.storage.put(key, new Uint8Array(0), png);
    expect(await server.storage.head(key)).toMatchObject({ size: 0 });
    expect(await server.storage.readBytes(key)).toHaveLength(0);
  });

  it('takes a stream of known size in parts and keeps the checksum that the caller knows', async () => {
    const key = imageKey('lab1', 'image2', 'pyramid.ome.tif');
    const data = deterministicBytes(34 * mebi + 17);
    const put = await server.storage.put(key, Readable.from(inChunks(data, 300_000)), {
      contentType: 'image/tiff',
      size: data.length,
      sha256: sha256(data),
    });
    expect(put).toMatchObject({ size: data.length, sha256: sha256(data) });
    expect(sha256(await buffer(await server.storage.read(key)))).toBe(sha256(data));
    expect(await server.storage.head(key)).toMatchObject({
      size: data.length,
      sha256: sha256(data),
      contentType: 'image/tiff',
    });
  });

  it('reads ranges, also one that begins in the middle and ends behind the end', async () => {
    const key = imageKey('lab1', 'ranges', 'a');
    const data = deterministicBytes(1000);
    await server.storage.put(key, data, png);
    for (const [first, length, end] of [
      [0, 1, 1],
      [10, 90, 100],
      [990, 100, 1000],
    ] as const) {
      const bytes = await server.storage.readBytes(key, { range: { first, length } });
      expect(bytes.equals(data.subarray(first, end))).toBe(true);
    }
    await expect(server.storage.readBytes(key, { range: { first: 5, length: 0 } })).rejects.toMatchObject({
      code: 'INVALID_ARGUMENT',
    });
  });

  it('replaces an object as a whole', async () => {
    const key = imageKey('lab1', 'replaced', 'a');
    await server.storage.put(key, deterministicBytes(5000), png);
    await server.storage.put(key, Buffer.from('short'), { contentType: 'text/plain' });
    expect((await server.storage.readBytes(key)).toString()).toBe('short');
    expect(await server.storage.head(key)).toMatchObject({ size: 5, contentType: 'text/plain' });
  });

  it('refuses bytes that are not those announced, and writes nothing', async () => {
    const key = imageKey('lab1', 'refused', 'a');
    const wrong = { ...png, sha256: sha256(Buffer.from('others')) };
    const large = deterministicBytes(17 * mebi);
    const puts = [
      () => server.storage.put(key, Buffer.from('these'), wrong),
      () => server.storage.put(key, Readable.from([Buffer.from('these')]), { ...png, size: 4 }),
      () => server.storage.put(key, Readable.from([Buffer.from('these')]), { ...png, size: 6 }),
      () => server.storage.put(key, Readable.from(inChunks(large, mebi)), { ...wrong, size: large.length }),
      () => server.storage.put(key, Readable.from(inChunks(large, mebi)), { ...png, size: large.length - 1 }),
    ];
    for (const put of puts)
      await expect(put()).rejects.toMatchObject({ code: 'CHECKSUM_MISMATCH', subject: key });
    expect(await server.storage.head(key)).toBeNull();
  });

  it('names what is not there', async () => {
    const key = modelKey('model1', 7);
    expect(await server.storage.head(key)).toBeNull();
    await expect(server.storage.readBytes(key)).rejects.toMatchObject({
      code: 'OBJECT_NOT_FOUND',
      subject: key,
    });
    await expect(server.storage.read(key)).rejects.toMatchObject({ code: 'OBJECT_NOT_FOUND' });
  });

  it('does not read more into memory than it was told to', async () => {
    const key = imageKey('lab1', 'limited', 'a');
    await server.storage.put(key, deterministicBytes(2000), png);
    await expect(server.storage.readBytes(key, { limit: 1999 })).rejects.toMatchObject({
      code: 'REQUEST_TOO_LARGE',
    });
    expect(await server.storage.readBytes(key, { limit: 2000 })).toHaveLength(2000);
  });
});

describe('delete and list', () => {
  it('deletes what is not there without a word', async () => {
    await server.storage.delete(incomingKey('lab2', 'nothing'));
  });

  it('deletes many at once, whether they are there or not', async () => {
    const keys = Array.from({ length: 3 }, (_, i) => incomingKey('lab3', `upload${i}`));
    for (const key of keys.slice(1)) await server.storage.put(key, Buffer.from(key), png);
    await server.storage.deleteAll(keys);
    await server.storage.deleteAll([]);
    for (const key of keys) expect(await server.storage.head(key)).toBeNull();
  });

  it('lists and deletes below a prefix and nothing else', async () => {
    const keys = Array.from({ length: 12 }, (_, i) =>
      attemptKey('job1', 1, 'maps', `m${String(i).padStart(2, '0')}`),
    );
    const others = [attemptKey('job1', 10, 'maps', 'm'), attemptKey('job10', 1, 'maps', 'm')];
    for (const key of [...keys, ...others]) await server.storage.put(key, Buffer.from(key), png);
    const prefix = attemptPrefix('job1', 1);
    const found = await listed(prefix);
    expect(found.map(({ key }) => key)).toEqual(keys);
    expect(found[3]).toMatchObject({ size: Buffer.byteLength(keys[3] ?? '') });
    expect(await server.storage.deletePrefix(prefix)).toBe(12);
    expect(await listed(prefix)).toEqual([]);
    for (const key of others) expect(await server.storage.head(key)).not.toBeNull();
  });

  it('lists an empty prefix', async () => {
    expect(await listed(imagePrefix('lab9', 'none'))).toEqual([]);
    expect(await server.storage.deletePrefix(imagePrefix('lab9', 'none'))).toBe(0);
  });
});

async function listed(prefix: ObjectPrefix): Promise<ListedObject[]> {
  const found: ListedObject[] = [];
  for await (const object of server.storage.list(prefix)) found.push(object);
  return found;
}

function* inChunks(data: Buffer, size: number): Generator<Buffer> {
  for (let from = 0; from < data.length; from += size) yield data.subarray(from, from + size);
}
