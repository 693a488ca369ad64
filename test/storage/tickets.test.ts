import { createHash } from 'node:crypto';
import { imageKey, incomingKey, openStorage, type Ticket } from '@cellmixer/storage';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deterministicBytes } from './deterministic-bytes.ts';
import { fetchWhole, type WholeAnswer } from './fetch-whole.ts';
import { portalOrigin, type ServerUnderTest, startServerUnderTest } from './server-under-test.ts';

let server: ServerUnderTest;
beforeAll(async () => {
  server = await startServerUnderTest();
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
});

const mebi = 1024 ** 2;
const data = deterministicBytes(70_000);
const sha256 = createHash('sha256').update(data).digest('hex');
const announced = { size: data.length, contentType: 'image/tiff', expiresSeconds: 60 };

function send(ticket: Ticket, body: Buffer, headers: Record<string, string> = {}): Promise<WholeAnswer> {
  return fetchWhole(ticket.url, {
    method: ticket.method,
    headers: { ...ticket.headers, ...headers },
    body: new Uint8Array(body),
  });
}

describe('an upload ticket', () => {
  it('takes the announced bytes and keeps type and checksum', async () => {
    const key = incomingKey('lab1', 'upload1');
    const ticket = await server.storage.uploadTicket({ key, sha256, ...announced });
    const response = await send(ticket, data);
    expect(response.status).toBe(200);
    expect(await server.storage.head(key)).toMatchObject({
      size: data.length,
      contentType: 'image/tiff',
      sha256,
    });
    expect((await server.storage.readBytes(key)).equals(data)).toBe(true);
  });

  it('takes bytes whose checksum nobody knows yet', async () => {
    const key = incomingKey('lab1', 'upload2');
    expect((await send(await server.storage.uploadTicket({ key, ...announced }), data)).status).toBe(200);
    expect(await server.storage.head(key)).toMatchObject({ size: data.length, sha256: null });
  });

  it('refuses a longer and a shorter body', async () => {
    const key = incomingKey('lab1', 'upload3');
    const ticket = await server.storage.uploadTicket({ key, ...announced });
    for (const body of [deterministicBytes(data.length + 1), data.subarray(1), Buffer.alloc(0)]) {
      expect((await send(ticket, body)).status).toBe(403);
    }
    expect(await server.storage.head(key)).toBeNull();
  });

  it('refuses other bytes of the same length', async () => {
    const key = incomingKey('lab1', 'upload4');
    const ticket = await server.storage.uploadTicket({ key, sha256, ...announced });
    const other = Buffer.from(data);
    other[500] = (other[500] ?? 0) ^ 1;
    expect((await send(ticket, other)).status).toBe(400);
    expect(await server.storage.head(key)).toBeNull();
  });

  it('refuses another type, another checksum and a ticket without its headers', async () => {
    const key = incomingKey('lab1', 'upload5');
    const ticket = await server.storage.uploadTicket({ key, sha256, ...announced });
    const otherSum = createHash('sha256').update('x').digest('base64');
    expect((await send(ticket, data, { 'content-type': 'text/html' })).status).toBe(403);
    expect((await send(ticket, data, { 'x-amz-checksum-sha256': otherSum })).status).toBe(403);
    expect((await send({ ...ticket, headers: {} }, data)).status).toBeGreaterThanOrEqual(400);
    expect(await server.storage.head(key)).toBeNull();
  });

  it('holds for its key and its method alone', async () => {
    const key = incomingKey('lab1', 'upload6');
    const ticket = await server.storage.uploadTicket({ key, ...announced });
    const elsewhere = { ...ticket, url: ticket.url.replace('upload6', 'upload7') };
    expect((await send(elsewhere, data)).status).toBe(403);
    expect((await fetchWhole(ticket.url, { method: 'GET' })).status).toBeGreaterThanOrEqual(400);
    expect((await fetchWhole(ticket.url, { method: 'DELETE' })).status).toBeGreaterThanOrEqual(400);
  });

  it('expires', async () => {
    const key = incomingKey('lab1', 'upload8');
    const ticket = await server.storage.uploadTicket({ key, ...announced, expiresSeconds: 1 });
    await new Promise((resolve) => setTimeout(resolve, 2500));
    expect((await send(ticket, data)).status).toBe(403);
  });

  it('is refused before it is made where it asks for what S3 cannot give', async () => {
    const key = incomingKey('lab1', 'upload9');
    const wrong = [
      { size: 5 * 1024 ** 3 + 1 },
      { size: -1 },
      { size: 1.5 },
      { expiresSeconds: 0 },
      { expiresSeconds: 604_801 },
      { sha256: 'abc' },
    ];
    for (const change of wrong) {
      await expect(server.storage.uploadTicket({ key, ...announced, ...change })).rejects.toMatchObject({
        code: 'INVALID_ARGUMENT',
        subject: key,
      });
    }
  });

  it('is for the public endpoint', async () => {
    const storage = openStorage({ ...server.settings, publicEndpoint: 'https://bucket.lab.example' });
    const key = incomingKey('lab1', 'upload10');
    const ticket = await storage.uploadTicket({ key, ...announced });
    const address = await storage.readUrl(key, { contentType: 'image/tiff' });
    for (const url of [ticket.url, address]) {
      expect(url).toContain(`https://bucket.lab.example/${server.settings.bucket}/incoming/lab1/upload10?`);
    }
  });
});

describe('an upload of parts', () => {
  it('puts the parts together that others have sent', async () => {
    const key = incomingKey('lab2', 'big');
    const whole = deterministicBytes(16 * mebi + 12_345);
    const upload = await server.storage.beginMultipart({
      key,
      size: whole.length,
      contentType: 'image/tiff',
    });
    expect(upload).toMatchObject({ partSize: 16 * mebi, partCount: 2 });
    const parts = [];
    for (const [part, body] of [
      [2, whole.subarray(16 * mebi)],
      [1, whole.subarray(0, 16 * mebi)],
    ] as const) {
      const ticket = await server.storage.partTicket({
        ...upload,
        part,
        size: body.length,
        expiresSeconds: 60,
      });
      const response = await send(ticket, body);
      expect(response.status).toBe(200);
      parts.unshift({ part, etag: response.headers.get('etag') ?? '' });
    }
    expect(await server.storage.head(key)).toBeNull();
    const { etag } = await server.storage.completeMultipart({ ...upload, parts, size: whole.length });
    expect(etag).toMatch(/-2$/);
    expect(await server.storage.head(key)).toMatchObject({ size: whole.length, contentType: 'image/tiff' });
    expect((await server.storage.readBytes(key)).equals(whole)).toBe(true);
  });

  it('binds the length of each part', async () => {
    const key = incomingKey('lab2', 'bound');
    const upload = await server.storage.beginMultipart({ key, size: 1000, contentType: 'image/tiff' });
    const ticket = await server.storage.partTicket({ ...upload, part: 1, size: 1000, expiresSeconds: 60 });
    expect((await send(ticket, deterministicBytes(1001))).status).toBe(403);
    expect((await send(ticket, deterministicBytes(1000))).status).toBe(200);
    await server.storage.abortMultipart(upload);
  });

  it('tells which parts are there, and refuses a part with other bytes than its checksum', async () => {
    const key = incomingKey('lab2', 'resumed');
    const whole = deterministicBytes(16 * mebi + 10);
    const upload = await server.storage.beginMultipart({
      key,
      size: whole.length,
      contentType: 'image/tiff',
    });
    expect(await server.storage.listParts(upload)).toEqual([]);
    const last = whole.subarray(16 * mebi);
    const md5 = createHash('md5').update(last).digest('hex');
    const ticket = await server.storage.partTicket({ ...upload, part: 2, size: 10, md5, expiresSeconds: 60 });
    expect((await send(ticket, Buffer.from(last).reverse())).status).toBe(400);
    // Refused is what counts; MinIO says 400.
    expect([400, 403]).toContain((await send({ ...ticket, headers: {} }, last)).status);
    expect((await send(ticket, last)).status).toBe(200);
    expect(await server.storage.listParts(upload)).toEqual([{ part: 2, size: 10, etag: md5 }]);
    await server.storage.abortMultipart(upload);
    await expect(server.storage.listParts(upload)).rejects.toMatchObject({ code: 'UPLOAD_NOT_FOUND' });
  });

  it('deletes a whole that has another length than announced', async () => {
    const key = incomingKey('lab2', 'short');
    const upload = await server.storage.beginMultipart({ key, size: 2000, contentType: 'image/tiff' });
    const ticket = await server.storage.partTicket({ ...upload, part: 1, size: 1000, expiresSeconds: 60 });
    const etag = (await send(ticket, deterministicBytes(1000))).headers.get('etag') ?? '';
    const completed = server.storage.completeMultipart({ ...upload, parts: [{ part: 1, etag }], size: 2000 });
    await expect(completed).rejects.toMatchObject({ code: 'CHECKSUM_MISMATCH', subject: key });
    expect(await server.storage.head(key)).toBeNull();
  });

  it('is forgotten when it is aborted, also twice', async () => {
    const key = incomingKey('lab2', 'aborted');
    const upload = await server.storage.beginMultipart({ key, size: 1000, contentType: 'image/tiff' });
    const ticket = await server.storage.partTicket({ ...upload, part: 1, size: 1000, expiresSeconds: 60 });
    const etag = (await send(ticket, deterministicBytes(1000))).headers.get('etag') ?? '';
    await server.storage.abortMultipart(upload);
    await server.storage.abortMultipart(upload);
    const completed = server.storage.completeMultipart({ ...upload, parts: [{ part: 1, etag }], size: 1000 });
    await expect(completed).rejects.toMatchObject({ code: 'UPLOAD_NOT_FOUND', subject: key });
  });
});

describe('an address to read', () => {
  it('gives the type and the name that we say, whatever was uploaded', async () => {
    const key = imageKey('lab3', 'image1', 'original');
    await server.storage.put(key, Buffer.from('<script>'), { contentType: 'text/html' });
    const url = await server.storage.readUrl(key, {
      contentType: 'image/tiff',
      fileName: 'Zähl "1"\r\n.tif',
    });
    const response = await fetchWhole(url);
    expect(response.body.toString()).toBe('<script>');
    expect(response.headers.get('content-type')).toBe('image/tiff');
    expect(response.headers.get('content-disposition')).toBe(
      'attachment; filename="Z_hl _1___.tif"; filename*=UTF-8\'\'Z%C3%A4hl%20%221%22%0D%0A.tif',
    );
  });

  it('serves ranges', async () => {
    const key = imageKey('lab3', 'image2', 'pyramid.ome.tif');
    await server.storage.put(key, data, { contentType: 'image/tiff' });
    const url = await server.storage.readUrl(key, { contentType: 'image/tiff' });
    const response = await fetchWhole(url, { headers: { range: 'bytes=100-199' } });
    expect(response.status).toBe(206);
    expect(response.headers.get('content-range')).toBe('bytes 100-199/70000');
    expect(response.body.equals(data.subarray(100, 200))).toBe(true);
    expect((await fetchWhole(url, { headers: { range: 'bytes=70000-' } })).status).toBe(416);
  });

  it('can be used by pages of the portal', async () => {
    const key = imageKey('lab3', 'image3', 'a');
    await server.storage.put(key, data, { contentType: 'image/tiff' });
    const url = await server.storage.readUrl(key, { contentType: 'image/tiff' });
    const read = await fetchWhole(url, { headers: { origin: portalOrigin } });
    expect(read.headers.get('access-control-allow-origin')).toMatch(/^(\*|http:\/\/portal\.test:4800)$/);
    const { url: put } = await server.storage.uploadTicket({ key, ...announced });
    const asked = await fetchWhole(put, {
      method: 'OPTIONS',
      headers: {
        origin: portalOrigin,
        'access-control-request-method': 'PUT',
        'access-control-request-headers': 'content-type,x-amz-checksum-sha256,x-amz-meta-sha256',
      },
    });
    expect(Math.floor(asked.status / 100)).toBe(2);
    expect(asked.headers.get('access-control-allow-methods')).toContain('PUT');
    expect(asked.headers.get('access-control-allow-headers')?.toLowerCase()).toMatch(/x-amz-meta-sha256|\*/);
  });

  it('expires', async () => {
    const key = imageKey('lab3', 'image4', 'a');
    await server.storage.put(key, data, { contentType: 'image/tiff' });
    const url = await server.storage.readUrl(key, { contentType: 'image/tiff', expiresSeconds: 1 });
    expect((await fetchWhole(url)).status).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, 2500));
    expect((await fetchWhole(url)).status).toBe(403);
  });
});
