import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { type ObjectStore, startObjectStore } from '@cellmixer/local-server/object-store';
import {
  attemptPrefix,
  imageKey,
  incomingKey,
  objectPrefix,
  openStorage,
  type Storage,
} from '@cellmixer/storage';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deterministicBytes } from './deterministic-bytes.ts';
import { fetchWhole } from './fetch-whole.ts';
import { portalOrigin } from './server-under-test.ts';
import { send, sendSigned } from './signed-request.ts';

const foreign = process.env.S3_ENDPOINT !== undefined;
const account = { accessKey: 'test-access', secretKey: 'test-secret-of-the-suite', region: 'us-east-1' };
const tiff = { contentType: 'image/tiff' };
const hour = 3_600_000;

describe.skipIf(foreign)('the embedded server', () => {
  let parent = '';
  let folder = '';
  let clock = 0;
  let store: ObjectStore;
  let storage: Storage;
  let settings: Parameters<typeof openStorage>[0];
  const start = async () => {
    const now = () => Date.now() + clock;
    store = await startObjectStore({
      folder,
      host: '127.0.0.1',
      port: 0,
      allowedOrigins: [portalOrigin],
      now,
      ...account,
    });
    settings = { endpoint: store.endpoint, publicEndpoint: store.endpoint, bucket: 'embedded', ...account };
    storage = openStorage(settings);
    // With another clock the server rightly refuses us.
    if (clock === 0) await storage.ensureBucket([portalOrigin]);
  };
  beforeAll(async () => {
    parent = mkdtempSync(join(tmpdir(), 'object-store-embedded-'));
    folder = join(parent, 'inner', 'objects');
    await start();
  });
  afterAll(async () => {
    await store.stop();
    rmSync(parent, { recursive: true, force: true });
  });

  it('keeps every key inside its folder, whatever is in it', async () => {
    const keys = [
      '..%2F..%2Fescaped',
      '../../escaped',
      '%2e%2e/escaped',
      'a/../../escaped',
      '%00',
      '..',
      '%5C..%5Cescaped',
      'a//b',
      '/lead',
    ];
    for (const key of keys) {
      const body = Buffer.from(key);
      const path = `/embedded/${key}`;
      // Signed over the path as it stands, because a client would tidy it up.
      const put = await sendSigned(settings, { method: 'PUT', path, body });
      expect([200, 400, 403]).toContain(put.status);
      if (put.status === 200) expect((await sendSigned(settings, { method: 'GET', path })).text).toBe(key);
    }
    expect(readdirSync(parent)).toEqual(['inner']);
    expect(readdirSync(join(parent, 'inner'))).toEqual(['objects']);
    expect(readdirSync(folder).sort()).toEqual(['buckets', 'temporary', 'uploads']);
    const files = readdirSync(join(folder, 'buckets', 'embedded'), { recursive: true }).map(String);
    expect(files.every((file) => /^[0-9a-f]{2}([/\\][0-9a-f]{62})?$/.test(file))).toBe(true);
    expect((await sendSigned(settings, { method: 'GET', path: '/..' })).status).toBe(404);
    expect((await sendSigned(settings, { method: 'PUT', path: '/..%2Fbucket' })).code).toBe(
      'InvalidBucketName',
    );
  });

  it('takes keys of up to 1,024 bytes', async () => {
    const path = (length: number) => `/embedded/${'k'.repeat(length)}`;
    expect(
      (await sendSigned(settings, { method: 'PUT', path: path(1024), body: Buffer.from('x') })).status,
    ).toBe(200);
    expect((await sendSigned(settings, { method: 'GET', path: path(1024) })).text).toBe('x');
    expect(await sendSigned(settings, { method: 'PUT', path: path(1025) })).toMatchObject({
      status: 400,
      code: 'KeyTooLongError',
    });
  });

  it('lets one of many writers of a key win, whole, while readers see only whole objects', async () => {
    const key = imageKey('lab1', 'image1', 'contended');
    const bodies = Array.from({ length: 24 }, (_, i) => deterministicBytes(100_000 + i * 1000));
    await storage.put(key, bodies[0] ?? Buffer.alloc(0), tiff);
    const isOneOfThem = (data: Buffer) => bodies.some((body) => body.equals(data));
    const writing = Promise.all(bodies.map((body) => storage.put(key, body, tiff)));
    for (let i = 0; i < 20; i += 1) expect(isOneOfThem(await storage.readBytes(key))).toBe(true);
    await writing;
    const last = await storage.readBytes(key);
    expect(isOneOfThem(last)).toBe(true);
    expect(await storage.head(key)).toMatchObject({ size: last.length });
    expect(readdirSync(join(folder, 'temporary'))).toEqual([]);
  });

  it('gives exactly one of many writers the place that must be free', async () => {
    const path = '/embedded/free';
    const headers = { 'if-none-match': '*' };
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, i) =>
        sendSigned(settings, { method: 'PUT', path, headers, body: Buffer.from(`${i}`) }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array<number>(11).fill(412)]);
  });

  it('goes on giving the old object to whoever has begun to read it', async () => {
    const key = imageKey('lab1', 'image2', 'replaced');
    const old = deterministicBytes(8_000_000);
    await storage.put(key, old, tiff);
    const stream = await storage.read(key);
    await storage.put(key, Buffer.from('new'), tiff);
    const pieces: Buffer[] = [];
    for await (const piece of stream) pieces.push(piece);
    expect(Buffer.concat(pieces).equals(old)).toBe(true);
    expect((await storage.readBytes(key)).toString()).toBe('new');
  });

  it('refuses pages of other origins, and lets in those that it was told of', async () => {
    const key = imageKey('lab1', 'image3', 'a');
    await storage.put(key, Buffer.from('a'), tiff);
    const url = await storage.readUrl(key, tiff);
    const asked = {
      method: 'OPTIONS',
      headers: { origin: 'http://evil.test', 'access-control-request-method': 'GET' },
    };
    expect((await fetchWhole(url, asked)).status).toBe(403);
    const read = await fetchWhole(url, { headers: { origin: 'http://evil.test' } });
    expect(read.headers.get('access-control-allow-origin')).toBeNull();
    expect(read.headers.get('content-security-policy')).toContain('sandbox');
  });

  it('says that it does not offer what it does not, instead of doing something else', async () => {
    const wrong = [
      ['PUT', '/embedded/a?acl'],
      ['PUT', '/embedded/a?tagging'],
      ['GET', '/embedded/a?versionId=1'],
      ['GET', '/embedded?versioning'],
      ['PUT', '/embedded?policy'],
    ] as const;
    for (const [method, path] of wrong) {
      expect(
        await sendSigned(settings, { method, path: path.includes('=') ? path : `${path}=` }),
      ).toMatchObject({ status: 501, code: 'NotImplemented' });
    }
    const headers = { 'x-amz-copy-source': '/embedded/free' };
    const path = '/embedded/a?partNumber=1&uploadId=0';
    expect(await sendSigned(settings, { method: 'PUT', path, headers })).toMatchObject({
      code: 'NotImplemented',
    });
    expect(await sendSigned(settings, { method: 'PATCH', path: '/embedded/a' })).toMatchObject({
      status: 405,
    });
  });

  it('refuses a header that was added to a signed request', async () => {
    const unsigned = { 'x-amz-copy-source': '/embedded/free' };
    expect(await sendSigned(settings, { method: 'PUT', path: '/embedded/added', unsigned })).toMatchObject({
      code: 'AccessDenied',
    });
    expect(await sendSigned(settings, { method: 'GET', path: '/embedded/added' })).toMatchObject({
      status: 404,
    });
  });

  it('refuses XML with a document type, and more metadata than fits', async () => {
    const body = Buffer.from(
      '<!DOCTYPE a [<!ENTITY b "c">]><Delete><Object><Key>&b;</Key></Object></Delete>',
    );
    expect(await sendSigned(settings, { method: 'POST', path: '/embedded?delete=', body })).toMatchObject({
      code: 'MalformedXML',
    });
    const headers = { 'x-amz-meta-a': 'x'.repeat(2100) };
    expect(await sendSigned(settings, { method: 'PUT', path: '/embedded/meta', headers })).toMatchObject({
      code: 'MetadataTooLarge',
    });
  });

  it('tells without a signature whether it is alive, and nothing else', async () => {
    for (const path of ['/healthz', '/readyz'])
      expect((await send(settings, 'GET', path, {}, Buffer.alloc(0))).status).toBe(200);
    expect((await sendSigned(settings, { method: 'PUT', path: '/healthz' })).code).toBe('InvalidBucketName');
  });

  it('knows its objects again after a restart, and clears what a dead process left', async () => {
    const key = imageKey('lab1', 'image4', 'a');
    await storage.put(key, Buffer.from('kept'), tiff);
    await store.stop();
    await start();
    expect((await storage.readBytes(key)).toString()).toBe('kept');
    const listed: string[] = [];
    for await (const object of storage.list(objectPrefix('images/lab1/'))) listed.push(object.key);
    expect(listed).toContain(key);
  });

  it('forgets unfinished uploads that nothing was added to for a day', async () => {
    const begin = (name: string) =>
      storage.beginMultipart({ key: incomingKey('lab1', name), size: 10, ...tiff });
    const upload = await begin('stale');
    await store.stop();
    clock = 23 * hour;
    await start();
    expect(existsSync(join(folder, 'uploads', upload.uploadId))).toBe(true);
    await store.stop();
    clock = 25 * hour;
    await start();
    expect(existsSync(join(folder, 'uploads', upload.uploadId))).toBe(false);
    await store.stop();
    clock = 0;
    await start();
  });

  it('says which port or folder it cannot have', async () => {
    const port = Number(new URL(store.endpoint).port);
    const taken = startObjectStore({
      folder: join(parent, 'inner', 'second'),
      host: '127.0.0.1',
      port,
      allowedOrigins: [],
      ...account,
    });
    await expect(taken).rejects.toMatchObject({ code: 'INVALID_ARGUMENT', subject: `127.0.0.1:${port}` });
  });

  it('is told as unavailable when it is gone, after trying', async () => {
    await store.stop();
    const key = incomingKey('lab1', 'a');
    await expect(storage.readBytes(key)).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE', subject: key });
    await expect(storage.put(key, Readable.from(['ab']), { ...tiff, size: 2 })).rejects.toMatchObject({
      code: 'STORAGE_UNAVAILABLE',
    });
    await start();
  });

  it('is used again after it was gone for a moment', async () => {
    const port = Number(new URL(store.endpoint).port);
    await store.stop();
    const listing = (async () => {
      const keys: string[] = [];
      for await (const { key } of storage.list(attemptPrefix('job9', 1))) keys.push(key);
      return keys;
    })();
    store = await startObjectStore({ folder, host: '127.0.0.1', port, allowedOrigins: [], ...account });
    expect(await listing).toEqual([]);
  });
});
