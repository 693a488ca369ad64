import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRandom, type PixelData, type Raster } from '@cellmixer/pixels';
import { afterAll, describe, expect, it } from 'vitest';
import { openImage } from '../open-image.ts';
import { encodeOmeTiffPyramid, writeOmeTiffPyramid } from './write-ome-tiff-pyramid.ts';

const folder = mkdtempSync(join(tmpdir(), 'cellmixer-pyramid-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Like `toEqual`, which takes seconds for large arrays. */
function expectEqual(actual: Raster, expected: Raster): void {
  expect({ ...actual, data: null }).toEqual({ ...expected, data: null });
  expect(actual.data.constructor).toBe(expected.data.constructor);
  expect(bytesOf(actual.data).equals(bytesOf(expected.data))).toBe(true);
}

function bytesOf({ buffer, byteOffset, byteLength }: PixelData): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

/** A smooth picture with some noise, so that predictors, packing and edges all have something to do. */
function draw<D extends PixelData>(width: number, height: number, channels: number, data: D): Raster<D> {
  const random = createRandom(`${width}×${height}×${channels}`);
  const whole = !(data instanceof Float32Array || data instanceof Float64Array);
  for (let i = 0; i < data.length; i++) {
    const value = 100 + 60 * Math.sin((i % width) / 40) + 30 * Math.cos(i / width / 25) + random.normal() * 4;
    data[i] = whole ? Math.round(value) : value;
  }
  return { width, height, channels, data };
}

const kinds = [
  ['8-bit grey', 700, 521, 1, Uint8Array],
  ['8-bit RGB', 700, 521, 3, Uint8Array],
  ['16-bit', 1025, 513, 1, Uint16Array],
  ['two channels of 16 bits', 513, 512, 2, Uint16Array],
  ['labels of 32 bits', 600, 40, 1, Uint32Array],
  ['signed 8-bit', 90, 70, 1, Int8Array],
  ['signed 16-bit', 90, 70, 1, Int16Array],
  ['signed 32-bit', 90, 70, 1, Int32Array],
  ['three channels of floats', 530, 260, 3, Float32Array],
  ['doubles', 90, 70, 1, Float64Array],
  ['one pixel', 1, 1, 1, Uint16Array],
  ['one row', 1200, 1, 1, Uint16Array],
  ['one column of RGB', 1, 1200, 3, Uint8Array],
] as const;

describe('encodeOmeTiffPyramid', () => {
  it('makes in memory the bytes that a file would have', async () => {
    const content = {
      picture: draw(1300, 700, 3, new Uint8Array(1300 * 700 * 3)),
      pixelSizeUm: 0.5,
      name: 'P',
    };
    const path = join(folder, 'same.ome.tif');
    const written = await writeOmeTiffPyramid({ ...content, path });
    const { data, ...encoded } = await encodeOmeTiffPyramid(content);
    expect(encoded).toEqual(written);
    expect(readFileSync(path).equals(data)).toBe(true);
  });
});

describe('writeOmeTiffPyramid', () => {
  it.for(kinds)('gives %s back exactly', async ([name, width, height, channels, Type]) => {
    const raster = draw(width, height, channels, new Type(width * height * channels));
    const path = join(folder, `${name}.ome.tif`);
    for (const bigTiff of [false, true]) {
      const written = await writeOmeTiffPyramid({ path, picture: raster, pixelSizeUm: 0.325, bigTiff });
      expect(written.bytes).toBe(readFileSync(path).length);
      expect(written.bigTiff).toBe(bigTiff);
      const image = await openImage(path);
      expect(image.format).toBe('ome-tiff');
      expect(image.pixelSizeUm).toBe(0.325);
      expect(image.notes).toEqual([]);
      expectEqual(await image.read(), raster);
    }
  });

  it('takes an opened picture, some rows at a time, and makes the same file of it', async () => {
    const raster = draw(520, 1300, 2, new Uint16Array(520 * 1300 * 2));
    const whole = join(folder, 'whole.ome.tif');
    await writeOmeTiffPyramid({ path: whole, picture: raster, pixelSizeUm: null });
    const opened = await openImage(whole);
    const regions: number[] = [];
    const inParts = join(folder, 'in-parts.ome.tif');
    const picture = {
      ...opened,
      read: async (options: Parameters<typeof opened.read>[0]) => {
        regions.push(options?.region?.height ?? -1);
        return await opened.read(options);
      },
    };
    await writeOmeTiffPyramid({ path: inParts, picture, pixelSizeUm: null, bandBytes: 1 });
    expect(regions).toEqual([512, 512, 276]);
    expect(readFileSync(inParts).equals(readFileSync(whole))).toBe(true);
  });

  it('keeps the names of channels, characters beyond ASCII too', async () => {
    const path = join(folder, 'names.ome.tif');
    const picture = draw(20, 10, 3, new Uint8Array(600));
    const channelNames = ['DAPI', 'α-Tubulin <488> "µm" & 🔬', null];
    await writeOmeTiffPyramid({ path, picture, pixelSizeUm: null, channelNames });
    const image = await openImage(path);
    expect(image.channelNames).toEqual(channelNames);
    expect(image.pixelSizeUm).toBeNull();
    expect(await image.read()).toEqual(picture);
  });

  it('gives back the smallest level', async () => {
    const path = join(folder, 'overview.ome.tif');
    const data = new Uint8Array(1024 * 600).fill(7);
    const picture = { width: 1024, height: 600, channels: 1, data };
    const { levels, overview } = await writeOmeTiffPyramid({ path, picture, pixelSizeUm: null });
    expect(levels).toEqual([
      { width: 1024, height: 600 },
      { width: 512, height: 300 },
    ]);
    expect(overview).toEqual({
      width: 512,
      height: 300,
      channels: 1,
      data: new Uint8Array(512 * 300).fill(7),
    });
  });

  it('leaves the old file and nothing else where the picture cannot be read to its end', async () => {
    const path = join(folder, 'broken', 'a.ome.tif');
    mkdirSync(join(folder, 'broken'));
    writeFileSync(path, 'old');
    const picture = {
      ...{ width: 600, height: 1100, channels: 1, depth: { bits: 8, kind: 'uint' } as const },
      read: async ({ region }: { region?: { y: number; height: number } } = {}) => {
        if (region!.y > 0) throw new Error('cut short');
        return draw(600, 512, 1, new Uint8Array(600 * 512));
      },
    };
    await expect(writeOmeTiffPyramid({ path, picture, pixelSizeUm: null, bandBytes: 1 })).rejects.toThrow(
      'cut short',
    );
    expect(readdirSync(join(folder, 'broken'))).toEqual(['a.ome.tif']);
    expect(readFileSync(path, 'utf8')).toBe('old');
  });

  it('names the file where the folder is missing or the name is taken by a folder', async () => {
    const picture = draw(4, 4, 1, new Uint8Array(16));
    mkdirSync(join(folder, 'taken', 'a.ome.tif'), { recursive: true });
    for (const path of [join(folder, 'missing', 'a.ome.tif'), join(folder, 'taken', 'a.ome.tif')]) {
      await expect(writeOmeTiffPyramid({ path, picture, pixelSizeUm: null })).rejects.toMatchObject({
        code: 'OUTPUT_UNWRITABLE',
        subject: path,
      });
    }
    expect(existsSync(join(folder, 'missing'))).toBe(false);
    expect(readdirSync(join(folder, 'taken'))).toEqual(['a.ome.tif']);
  });

  // A limit on the size of files is how a full disk can be had without one.
  it.skipIf(process.platform === 'win32')('leaves nothing where the disk takes no more', () => {
    const path = join(folder, 'full', 'a.ome.tif');
    mkdirSync(join(folder, 'full'));
    const program = `
      import { writeOmeTiffPyramid } from ${JSON.stringify(new URL('write-ome-tiff-pyramid.ts', import.meta.url))};
      const data = Uint16Array.from({ length: 600 * 600 }, (_, i) => (i * i * 7919) % 65521);
      const picture = { width: 600, height: 600, channels: 1, data };
      await writeOmeTiffPyramid({ path: process.argv[1], picture, pixelSizeUm: null }).catch((error) => {
        console.log(error.code, error.message);
      });`;
    const run = [
      '-c',
      'ulimit -f 64; exec "$0" "$@"',
      process.execPath,
      '--input-type=module',
      '-e',
      program,
      path,
    ];
    expect(execFileSync('sh', run, { encoding: 'utf8' })).toMatch(/^OUTPUT_UNWRITABLE .*\(EFBIG\)/);
    expect(readdirSync(join(folder, 'full'))).toEqual([]);
  });

  it('stops when it is told to', async () => {
    const path = join(folder, 'stopped.ome.tif');
    const picture = draw(4, 4, 1, new Uint8Array(16));
    const written = writeOmeTiffPyramid({ path, picture, pixelSizeUm: null, signal: AbortSignal.abort() });
    await expect(written).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(existsSync(path)).toBe(false);
  });

  it('refuses what does not fit the picture', async () => {
    const path = join(folder, 'refused.ome.tif');
    const picture = { width: 4, height: 4, channels: 1, data: new Uint8Array(16) };
    const base = { path, picture, pixelSizeUm: null };
    await expect(writeOmeTiffPyramid({ ...base, pixelSizeUm: 0 })).rejects.toThrow('a pixel of 0 µm');
    await expect(writeOmeTiffPyramid({ ...base, channelNames: ['a', 'b'] })).rejects.toThrow('2 names for 1');
    await expect(writeOmeTiffPyramid({ ...base, rgb: true })).rejects.toThrow('1 channels as RGB');
    await expect(writeOmeTiffPyramid({ ...base, picture: { ...picture, width: 5 } })).rejects.toThrow(
      '16 values',
    );
    expect(existsSync(path)).toBe(false);
  });
});
