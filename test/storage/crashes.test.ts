import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { attemptKey, attemptPrefix, incomingKey } from '@cellmixer/storage';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deterministicBytes } from './deterministic-bytes.ts';
import { type EmbeddedProcess, startEmbeddedProcess } from './embedded-process.ts';

const foreign = process.env.S3_ENDPOINT !== undefined;
const tiff = { contentType: 'image/tiff' };

describe.skipIf(foreign)('the embedded server, killed', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'object-store-crash-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('still has the old object when it dies in the middle of a put', async () => {
    const key = incomingKey('lab1', 'upload1');
    const old = deterministicBytes(100_000);
    {
      await using server = await startEmbeddedProcess(folder);
      await server.storage.put(key, old, tiff);
      await putHalf(server, key);
      expect(readdirSync(join(folder, 'temporary'))).toHaveLength(1);
      expect(await server.end('SIGKILL')).toBe('SIGKILL');
    }
    await using server = await startEmbeddedProcess(folder);
    expect((await server.storage.readBytes(key)).equals(old)).toBe(true);
    expect(readdirSync(join(folder, 'temporary'))).toEqual([]);
  });

  it('has every object whole, old or new, whenever it dies', async () => {
    const keys = Array.from({ length: 4 }, (_, i) => attemptKey('job1', 1, `map${i}`));
    const acknowledged = new Map<string, number>();
    for (const [round, ms] of [320, 150].entries()) {
      await using server = await startEmbeddedProcess(folder);
      let writes = true;
      const writing = keys.map(async (key, place) => {
        for (let version = 0; writes; version += 1) {
          const size = 1 + round * 1_000_000 + version * 4 + place;
          await server.storage.put(key, deterministicBytes(size), tiff);
          acknowledged.set(key, size);
        }
      });
      const stopped = Promise.allSettled(writing);
      await sleep(ms);
      writes = false;
      await server.end('SIGKILL');
      await stopped;
      await using again = await startEmbeddedProcess(folder);
      for (const key of keys) {
        const info = await again.storage.head(key);
        const known = acknowledged.get(key) ?? 0;
        if (known > 0) expect(info?.size).toBeGreaterThanOrEqual(known);
        if (info === null) continue;
        const data = await again.storage.readBytes(key);
        expect(createHash('sha256').update(data).digest('hex')).toBe(info.sha256);
        acknowledged.set(key, 0);
      }
      const listed: number[] = [];
      for await (const { size } of again.storage.list(attemptPrefix('job1', 1))) listed.push(size);
      expect(listed.every((size) => size > 0)).toBe(true);
    }
  });

  it('goes on with an upload of parts that it had begun', async () => {
    const key = incomingKey('lab1', 'parts');
    const whole = deterministicBytes(16 * 1024 ** 2 + 1000);
    const send = async (server: EmbeddedProcess, uploadId: string, part: number) => {
      const body = whole.subarray((part - 1) * 16 * 1024 ** 2, part * 16 * 1024 ** 2);
      const ticket = await server.storage.partTicket({
        key,
        uploadId,
        part,
        size: body.length,
        expiresSeconds: 60,
      });
      const response = await fetch(ticket.url, { method: 'PUT', body: new Uint8Array(body) });
      await response.arrayBuffer();
      return { part, etag: response.headers.get('etag') ?? '' };
    };
    await using first = await startEmbeddedProcess(folder);
    const { uploadId } = await first.storage.beginMultipart({ key, size: whole.length, ...tiff });
    const one = await send(first, uploadId, 1);
    await first.end('SIGKILL');
    await using second = await startEmbeddedProcess(folder);
    const two = await send(second, uploadId, 2);
    await second.storage.completeMultipart({ key, uploadId, parts: [one, two], size: whole.length });
    expect((await second.storage.readBytes(key)).equals(whole)).toBe(true);
  });
});

describe.skipIf(foreign)('the process of the embedded server', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'object-store-process-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('ends in order when it is told to', async () => {
    await using server = await startEmbeddedProcess(folder);
    expect(await server.end('SIGTERM')).toBe(0);
  });

  it('ends when whoever started it is gone', async () => {
    await using server = await startEmbeddedProcess(folder, { SUPERVISED: '1' });
    const ended = new Promise((resolve) => server.child.once('exit', resolve));
    server.child.stdin?.end();
    expect(await ended).toBe(0);
  });

  it.skipIf(process.platform !== 'linux')('grows by less than 60 MB for an object of 300 MB', async () => {
    await using server = await startEmbeddedProcess(folder);
    const key = incomingKey('lab1', 'large');
    const size = 300_000_000;
    await server.storage.put(incomingKey('lab1', 'warm'), deterministicBytes(1_000_000), tiff);
    const before = server.residentBytes();
    let peak = before;
    const watch = setInterval(() => {
      peak = Math.max(peak, server.residentBytes());
    }, 20);
    const ticket = await server.storage.uploadTicket({ key, size, ...tiff, expiresSeconds: 300 });
    expect(await sendRepeated(ticket.url, ticket.headers, size)).toBe(200);
    let read = 0;
    for await (const piece of await server.storage.read(key)) read += piece.length;
    clearInterval(watch);
    expect(read).toBe(size);
    expect(peak - before).toBeLessThan(60_000_000);
  });
});

/** Begins a put and leaves it in its middle, with the server waiting for the rest. */
async function putHalf(server: EmbeddedProcess, key: ReturnType<typeof incomingKey>): Promise<void> {
  const size = 2_000_000;
  const ticket = await server.storage.uploadTicket({ key, size, ...tiff, expiresSeconds: 60 });
  const sent = request(ticket.url, { method: 'PUT', headers: { ...ticket.headers, 'content-length': size } });
  sent.on('error', () => {});
  await new Promise<void>((resolve) => sent.write(Buffer.alloc(size / 2, 1), () => resolve()));
  await sleep(200);
}

/** Sends a body piece by piece, as fast as it is taken. */
async function sendRepeated(
  url: string,
  headers: Readonly<Record<string, string>>,
  size: number,
): Promise<number> {
  const piece = deterministicBytes(1_000_000);
  const sent = request(url, { method: 'PUT', headers: { ...headers, 'content-length': size } });
  const answered = new Promise<number>((resolve, reject) => {
    sent.on('error', reject);
    sent.on('response', (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
  });
  for (let done = 0; done < size; done += piece.length) {
    if (!sent.write(piece)) await new Promise((resolve) => sent.once('drain', resolve));
  }
  sent.end();
  return await answered;
}
