import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRandom } from '@cellmixer/pixels';
import { fromFile, GeoTIFFImage } from 'geotiff';
import { afterAll, describe, expect, it } from 'vitest';
import { readClassMap, readLabelMap } from '../read-label-map.ts';
import { writeLabelPyramid } from './write-label-pyramid.ts';

const folder = mkdtempSync(join(tmpdir(), 'label-pyramid-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const [width, height] = [1101, 640];

describe('writeLabelPyramid', () => {
  it.each([
    ['16 bits', 65_535, Uint16Array],
    ['32 bits', 70_000, Uint32Array],
  ] as const)(
    'stores objects in %s where the largest is %d, and reads them back',
    async (name, most, Type) => {
      const random = createRandom(name);
      const map = {
        width,
        height,
        data: Int32Array.from({ length: width * height }, () => random.integer(most)),
      };
      map.data[5] = most;
      const path = join(folder, `${most}.ome.tif`);
      await writeLabelPyramid({ path, map, pixelSizeUm: null });
      expect(await readLabelMap(path)).toEqual(map);
      const file = await fromFile(path);
      const image = await file.getImage(0);
      expect((await image.readRasters({ window: [0, 0, 1, 1] }))[0]).toBeInstanceOf(Type);
      await file.close();
    },
  );

  it('holds nothing in its smaller levels but classes of the map', async () => {
    const map = { width, height, data: Uint8Array.from({ length: width * height }, (_, i) => (i % 2) * 3) };
    const path = join(folder, 'classes.ome.tif');
    const { levels } = await writeLabelPyramid({ path, map, pixelSizeUm: 0.5 });
    expect(await readClassMap(path)).toEqual(map);
    const file = await fromFile(path);
    const main = await file.getImage(0);
    for (const index of levels.keys()) {
      if (index === 0) continue;
      const offset = await main.fileDirectory.loadValueIndexed('SubIFDs', index - 1);
      const directory = await file.parser.parseFileDirectoryAt(Number(offset));
      const read = await new GeoTIFFImage(directory, file.littleEndian, false, file.source).readRasters();
      expect([...new Set(read[0] as Uint8Array)].filter((value) => value !== 0 && value !== 3)).toEqual([]);
    }
    await file.close();
  });
});
