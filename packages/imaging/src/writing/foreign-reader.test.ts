import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRandom, type Raster } from '@cellmixer/pixels';
import { fromFile, GeoTIFFImage } from 'geotiff';
import { afterAll, describe, expect, it } from 'vitest';
import { createSamples } from '../sample-type.ts';
import { halveRaster, type Reduction } from './halve.ts';
import { sampleFormatOf } from './sample-format.ts';
import { writeOmeTiffPyramid } from './write-ome-tiff-pyramid.ts';

const folder = mkdtempSync(join(tmpdir(), 'cellmixer-geotiff-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const kinds = [
  ['16-bit', 1300, 1037, 1, Uint16Array, 'mean', false],
  ['16-bit BigTIFF', 1300, 1037, 1, Uint16Array, 'mean', true],
  ['8-bit RGB', 1031, 777, 3, Uint8Array, 'mean', false],
  ['three channels of floats', 1027, 530, 3, Float32Array, 'mean', false],
  ['a class map', 1027, 530, 1, Uint8Array, 'nearest', false],
] as const satisfies readonly (readonly [string, number, number, number, unknown, Reduction, boolean])[];

describe('geotiff, a reader of others (Viv uses it)', () => {
  it.for(kinds)(
    'reads windows of every level of %s',
    async ([name, width, height, channels, Type, reduction, bigTiff]) => {
      const random = createRandom(name);
      const data = new Type(width * height * channels);
      for (let i = 0; i < data.length; i++) data[i] = (random.next() - 0.2) * 300;
      const path = join(folder, `${name}.ome.tif`);
      let expected: Raster = { width, height, channels, data };
      const { levels } = await writeOmeTiffPyramid({
        path,
        picture: expected,
        pixelSizeUm: 0.5,
        reduction,
        bigTiff,
      });
      const file = await fromFile(path);
      const rgb = channels === 3 && data instanceof Uint8Array;
      expect(await file.getImageCount()).toBe(rgb ? 1 : channels);
      for (const [index, level] of levels.entries()) {
        if (index > 0) expected = halveRaster(expected, sampleFormatOf(data).depth, reduction);
        expect([expected.width, expected.height]).toEqual([level.width, level.height]);
        for (let page = 0; page < (rgb ? 1 : channels); page++) {
          const main = await file.getImage(page);
          const image = index === 0 ? main : await reducedImage(file, main, index - 1);
          expect([image.getWidth(), image.getHeight()]).toEqual([level.width, level.height]);
          expect(await image.fileDirectory.loadValue('NewSubfileType')).toBe(index === 0 ? 0 : 1);
          for (const window of windowsOf(level)) {
            const read = await image.readRasters({ window: [...window] });
            const samples = rgb ? [0, 1, 2] : [page];
            for (const [i, channel] of samples.entries()) {
              expect(read[i]).toEqual(cut(expected, channel, window));
            }
          }
        }
      }
      await file.close();
    },
  );
});

type Window = readonly [left: number, top: number, right: number, bottom: number];

/** The last pixel, a part that crosses tiles, and a part that ends at the edge. */
function windowsOf({ width, height }: { readonly width: number; readonly height: number }): Window[] {
  const [right, bottom] = [Math.min(width, 530), Math.min(height, 523)];
  return [
    [width - 1, height - 1, width, height],
    [Math.max(0, right - 40), Math.max(0, bottom - 30), right, bottom],
    [Math.max(0, width - 37), 0, width, 5],
  ];
}

async function reducedImage(
  file: Awaited<ReturnType<typeof fromFile>>,
  main: GeoTIFFImage,
  index: number,
): Promise<GeoTIFFImage> {
  const offset = await main.fileDirectory.loadValueIndexed('SubIFDs', index);
  const directory = await file.parser.parseFileDirectoryAt(Number(offset));
  return new GeoTIFFImage(directory, file.littleEndian, false, file.source);
}

function cut({ width, height, data }: Raster, channel: number, [left, top, right, bottom]: Window): unknown {
  const out = createSamples(sampleFormatOf(data).depth, (right - left) * (bottom - top));
  for (let y = top, to = 0; y < bottom; y++) {
    for (let x = left; x < right; x++) out[to++] = data[(channel * height + y) * width + x]!;
  }
  return out;
}
