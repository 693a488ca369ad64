import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listPage } from '../operations/list-page.ts';
import { compareKeys } from './key-order.ts';
import { ObjectFolder } from './object-folder.ts';

describe('a bucket of 10,000 objects', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'object-store-bucket-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('lists them in byte order after a restart, and keeps up with writes while it reads the disk', async () => {
    const keys = Array.from(
      { length: 10_000 },
      (_, i) => `images/lab${i % 7}/${((i * 7919) % 10_000).toString(36)}/é${i}`,
    );
    const first = await open();
    let next = 0;
    const write = async () => {
      while (next < keys.length) await put(first, keys[next++] ?? '');
    };
    await Promise.all(Array.from({ length: 16 }, write));

    const second = await open();
    const bucket = second.bucket('images');
    const reading = bucket.index.keys();
    await put(second, 'images/added');
    await bucket.remove(keys[0] ?? '');
    await reading;
    const expected = [...keys.slice(1), 'images/added'].sort(compareKeys);
    expect(await bucket.index.keys()).toEqual(expected);
    expect(bucket.index.entry('images/added')).toMatchObject({ size: 4, etag: 'etag' });

    const groups = listPage(await bucket.index.keys(), 'images/', '/', null, 1000);
    expect(groups.commonPrefixes).toEqual(Array.from({ length: 7 }, (_, i) => `images/lab${i}/`));
    expect(groups.keys).toEqual(['images/added']);
  });

  async function open(): Promise<ObjectFolder> {
    const store = await ObjectFolder.open(folder, (path) => expect.fail(`${path} is damaged`));
    await store.createBucket('images');
    return store;
  }

  async function put(store: ObjectFolder, key: string): Promise<void> {
    await store.temporary.use(async (file) => {
      await file.append(Buffer.from('data'));
      const record = { key, size: 4, etag: 'etag', sha256: '', modified: 0, headers: {}, checksums: {} };
      await store.bucket('images').publish(file, record);
    });
  }
});
