import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listImages } from './list-images.ts';
import { openImage } from './open-image.ts';
import { readFloatImage } from './read-float-image.ts';
import { readImageSource } from './read-image-source.ts';
import { fixtures } from './testing/expected-facts.ts';

const path = join(fixtures, 'files', 'hyperstack-one-page.imagej.tif');

describe('readImageSource', () => {
  it('names a picture by the SHA-256 of its file and reads native values as float', async () => {
    const source = await readImageSource(path, { sample: 'patient 4' });
    const hash = createHash('sha256').update(readFileSync(path)).digest('hex');
    expect(source).toMatchObject({
      id: hash,
      name: 'hyperstack-one-page.imagej.tif',
      width: 17,
      height: 13,
      channels: 2,
      maxValue: 65_535,
      pixelSizeUm: 0.25,
      sample: 'patient 4',
    });
    const image = await source.read();
    expect(image.data).toBeInstanceOf(Float32Array);
    expect([...image.data]).toEqual([...(await (await openImage(path)).read()).data]);
  });

  it('gives another plane of the file an id of its own', async () => {
    const first = await readImageSource(path);
    const later = await readImageSource(path, { time: 1, z: 2 });
    expect(later.id).toBe(`${first.id}#t1z2`);
    expect(await later.read()).toEqual(await readFloatImage(path, { time: 1, z: 2 }));
    expect((await later.read()).data).not.toEqual((await first.read()).data);
  });

  it('refuses a plane that the file does not have at once, not when it is read', async () => {
    await expect(readImageSource(path, { time: 7 })).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
  });
});

describe('listImages', () => {
  it('gives pictures only, sorted, without hidden files and folders', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'imaging-'));
    try {
      for (const name of [
        'b.TIF',
        'a10.png',
        'a2.jpeg',
        '.hidden.tif',
        '._a2.jpeg',
        'notes.txt',
        'c.ome.tiff',
      ]) {
        writeFileSync(join(folder, name), '');
      }
      mkdirSync(join(folder, 'folder.tif'));
      const names = (await listImages(folder)).map((file) => file.slice(folder.length + 1));
      expect(names).toEqual(['a10.png', 'a2.jpeg', 'b.TIF', 'c.ome.tiff']);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('says which folder is not there', async () => {
    await expect(listImages('/no/such/plate3')).rejects.toThrow('"/no/such/plate3": there is no such folder');
  });
});
