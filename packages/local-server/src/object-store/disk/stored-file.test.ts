import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NewFile } from './new-file.ts';
import { readRecord, type StoredRecord } from './stored-file.ts';

const record: StoredRecord = {
  key: 'a',
  size: 10,
  etag: 'e',
  sha256: 's',
  modified: 1,
  headers: { 'x-amz-meta-long': 'x'.repeat(9000) },
  checksums: { crc32: 'AAAA' },
};

describe('a stored file', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'stored-file-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function written() {
    const file = await open(join(folder, 'file'), 'w+');
    const fresh = new NewFile(file, join(folder, 'file'));
    await fresh.append(Buffer.from('0123456789'));
    await fresh.finish(record);
    return file;
  }

  it('gives its record back, also one that is longer than the first look', async () => {
    await using file = await written();
    expect(await readRecord(file)).toEqual(record);
  });

  it.each([
    ['cut short', -1],
    ['without its end', -100],
    ['empty', null],
  ])('is known to be damaged when it is %s', async (_, cut) => {
    await using file = await written();
    await file.truncate(cut === null ? 0 : (await file.stat()).size + cut);
    await expect(readRecord(file)).rejects.toThrow('damaged');
  });

  it('is known to be damaged when a byte of its record or its length is another one', async () => {
    await using file = await written();
    await file.write('#', 50);
    await expect(readRecord(file)).rejects.toThrow('damaged');
  });
});
