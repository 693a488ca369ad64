import { describe, expect, it } from 'vitest';
import type { Calibration } from '../contracts.ts';
import { defaultForegroundParameters } from '../foreground/parameters.ts';
import { drawPicture, sourceOf } from '../foreground/testing/drawn-picture.ts';
import { prepareCultures } from './prepare-cultures.ts';
import { resampleTrimap } from './prepare-image.ts';

const calibration: Calibration = {
  modality: 'transmitted',
  channels: 1,
  cellDiameterPx: 54,
  workingScale: 0.5,
  pixelSizeUm: null,
  intensityScale: [0.5],
  noise: 0.02,
};
const parameters = defaultForegroundParameters('transmitted');

function source(name: string, seed: number, change: { confluent?: boolean; cells?: number } = {}) {
  return sourceOf(name, drawPicture({ modality: 'transmitted', seed, ...change }).image);
}

describe('prepareCultures', () => {
  it('gives calibrated pictures with trimaps at the working scale and reports what it leaves out', async () => {
    const cultures = [
      { type: 'A', images: [source('a1', 1), source('a2', 2, { confluent: true })] },
      { type: 'B', images: [source('b1', 3), source('b2', 4, { cells: 0 })] },
    ];
    const progress: string[] = [];
    const { images, leftOut } = await prepareCultures(cultures, calibration, parameters, {
      onProgress: (done, total) => progress.push(`${done}/${total}`),
    });
    expect(images.map(({ name, type }) => [name, type])).toEqual([
      ['a1', 0],
      ['b1', 1],
    ]);
    expect(leftOut.map(({ name, quality }) => [name, quality.confluent])).toEqual([
      ['a2', true],
      ['b2', false],
    ]);
    expect(images[0]!.image).toMatchObject({ width: 96, height: 96, channels: 1 });
    expect(images[0]!.trimap).toMatchObject({ width: 96, height: 96 });
    expect(new Set(images[0]!.trimap.data)).toEqual(new Set([0, 1, 255]));
    expect(progress).toEqual(['1/4', '2/4', '3/4', '4/4']);
  });

  it('finds the cells of a picture by its own parameters where it has some', async () => {
    const own = { ...parameters, sensitivity: 12, minObjectArea: 400 };
    const trimapsOf = async (usual: typeof parameters, foreground?: typeof parameters) => {
      const picture = { ...source('a1', 1), ...(foreground === undefined ? {} : { foreground }) };
      const { images } = await prepareCultures([{ type: 'A', images: [picture] }], calibration, usual);
      return images[0]!.trimap.data;
    };
    const asked = await trimapsOf(own);
    expect(await trimapsOf(parameters, own)).toEqual(asked);
    expect(await trimapsOf(parameters)).not.toEqual(asked);
  });

  it('takes a drawn mask as it is instead of looking for cells', async () => {
    const found = source('a1', 1, { confluent: true });
    const drawn = (width: number) => async () => {
      const data = new Uint8Array(width * found.height);
      for (let i = 0; i < data.length; i++) data[i] = i % width < 20 ? 1 : 0;
      return { width, height: found.height, data };
    };
    const prepare = (width: number) =>
      prepareCultures(
        [{ type: 'A', images: [{ ...found, drawnMask: drawn(width) }] }],
        calibration,
        parameters,
      );
    const { images } = await prepare(found.width);
    expect(images[0]?.quality).toMatchObject({ objects: 1, confluent: false });
    expect([...images[0]!.trimap.data.subarray(8, 12)]).toEqual([1, 1, 0, 0]);
    await expect(prepare(found.width - 1)).rejects.toMatchObject({ code: 'INVALID_ARGUMENT', subject: 'a1' });
  });

  it('names the culture that keeps no picture, with reason and cure', async () => {
    const cultures = [
      { type: 'A', images: [source('a1', 1)] },
      { type: 'SKOV3', images: [source('b1', 2, { confluent: true }), source('b2', 4, { cells: 0 })] },
    ];
    await expect(prepareCultures(cultures, calibration, parameters)).rejects.toMatchObject({
      code: 'NO_FOREGROUND',
      subject: 'SKOV3',
      message: 'culture "SKOV3" keeps no usable picture: 1 of 2 are confluent, 1 show no cells',
    });
  });

  it('stops when told', async () => {
    const cultures = [{ type: 'A', images: [source('a1', 1)] }];
    const signal = AbortSignal.abort();
    await expect(prepareCultures(cultures, calibration, parameters, { signal })).rejects.toMatchObject({
      code: 'CANCELLED',
    });
  });
});

describe('resampleTrimap', () => {
  it('takes what covers half of a working pixel, and leaves open what is mixed', () => {
    const rows = [
      [1, 1, 0, 0, 1, 0, 255, 1],
      [1, 0, 0, 0, 0, 1, 255, 1],
    ];
    const trimap = { width: 8, height: 2, data: Uint8Array.from(rows.flat()) };
    expect([...resampleTrimap(trimap, { width: 4, height: 1 }).data]).toEqual([1, 0, 255, 1]);
  });
});
