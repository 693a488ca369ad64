import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { encodeJpeg, encodePng } from './encode.ts';
import { openImage } from './open-image.ts';
import { readClassMap, readLabelMap } from './read-label-map.ts';
import { buildTiff, greyPage } from './testing/build-tiff.ts';
import { fixtures } from './testing/expected-facts.ts';

const file = (name: string): string => join(fixtures, 'files', name);
const distinct = (data: Iterable<number>): number[] => [...new Set(data)].sort((a, b) => a - b);

describe('label maps', () => {
  it('keep 16-bit labels of a PNG', async () => {
    const { width, height, data } = await readLabelMap(file('labels16.png'));
    expect([width, height]).toEqual([37, 29]);
    expect(distinct(data)).toEqual([0, 2, 3, 255, 256, 300, 1000, 60_000, 65_535]);
  });

  it('keep 32- and 64-bit labels of a TIFF', async () => {
    const wide = await readLabelMap(file('labels32.tif'));
    expect(distinct(wide.data)).toEqual(
      [0, 2, 3, 255, 256, 300, 1000, 60_000, 65_535].map((label) => label * 30_000),
    );
    const widest = await readLabelMap(file('labels64.tif'));
    expect(widest.data).toEqual((await readLabelMap(file('labels16.png'))).data);
  });

  it('take the indices of a palette, not its colours', async () => {
    const png = await readLabelMap(file('palette.png'));
    const tiff = await readLabelMap(file('palette.tif'));
    expect(png.data).toEqual(tiff.data);
    expect(Math.max(...png.data)).toBeLessThan(16);
    expect(distinct(png.data).length).toBeGreaterThan(5);
  });

  it('take grey values of few bits as they stand', async () => {
    expect(distinct((await readLabelMap(file('one-bit.png'))).data)).toEqual([0, 1]);
    const stretched = await (await openImage(file('grey4.png'))).read();
    const stored = await readLabelMap(file('grey4.png'));
    expect([...stored.data].map((value) => value * 17)).toEqual([...stretched.data]);
  });

  it('are not turned round where the file says that white is zero', async () => {
    const { bytes } = buildTiff([greyPage(3, 1, [{ tag: 262, values: [0] }])], Uint8Array.of(0, 1, 2));
    expect([...(await readLabelMap(bytes)).data]).toEqual([0, 1, 2]);
  });

  it('are refused where they have colours, were saved as JPEG, or hold no whole numbers', async () => {
    await expect(readLabelMap(file('rgb8.png'))).rejects.toThrow('3 channels');
    const jpeg = await encodeJpeg({ width: 8, height: 8, channels: 1, data: new Uint8Array(64) });
    await expect(readLabelMap(jpeg)).rejects.toMatchObject({ code: 'IMAGE_UNSUPPORTED' });
    await expect(readLabelMap(file('plain-int16.tif'))).rejects.toThrow(
      /the value -\d+ at x \d+, y \d+ is not a label/,
    );
  });
});

describe('class maps', () => {
  it('keep 255, the ignored class', async () => {
    const data = Uint8Array.of(0, 1, 2, 255, 7, 0);
    const png = await encodePng({ width: 3, height: 2, channels: 1, data });
    expect((await readClassMap(png)).data).toEqual(data);
  });

  it('are refused where a class is above 255', async () => {
    await expect(readClassMap(file('labels16.png'))).rejects.toThrow('the value 256 at x');
  });
});
