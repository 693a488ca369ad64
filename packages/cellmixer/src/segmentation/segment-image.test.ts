import type { FloatImage } from '@cellmixer/pixels';
import { describe, expect, it } from 'vitest';
import type { Predictor } from '../contracts.ts';
import { ap50, matchInstances } from '../evaluation/average-precision.ts';
import { discPredictor, drawDiscs } from './disc-picture.ts';
import { type SegmentationSettings, segmentImage } from './segment-image.ts';

const calibration = { cellDiameterPx: 54, workingScale: 0.5 };
const types = ['A', 'B', 'C'];

function settings(changes: Partial<SegmentationSettings> = {}): SegmentationSettings {
  return { predictor: discPredictor(3), types, calibration, ...changes };
}

function plain(width: number, height: number, value: number): FloatImage {
  return { width, height, channels: 1, data: new Float32Array(width * height).fill(value) };
}

describe('segmentImage', () => {
  it('finds touching discs, their types and their composition', async () => {
    const picture = drawDiscs({ width: 333, height: 251, count: 90, types: 3, seed: 1 });
    const found = await segmentImage(picture.image, settings());
    expect(ap50([matchInstances(picture.truth, found.instances)])).toBeGreaterThan(0.97);
    for (const cell of found.cells) {
      const x = Math.round(cell.centroidX);
      const y = Math.round(cell.centroidY);
      expect(cell.type).toBe(picture.image.data[y * 333 + x]);
      expect(cell.probabilities.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 6);
    }
    expect(found.composition.n).toBe(found.cells.length);
    // Only seams between touching cells, two pixels coarse, may differ.
    const wrong = found.classMap.data.reduce((n, type, i) => n + (type === picture.image.data[i] ? 0 : 1), 0);
    expect(wrong / found.classMap.data.length).toBeLessThan(0.005);
  });

  it('finds the same cells by strips and tiles as in one piece', async () => {
    const picture = drawDiscs({ width: 520, height: 1400, count: 900, types: 3, seed: 2 });
    const whole = await segmentImage(
      picture.image,
      settings({ options: { tileSize: 1600, uncertainty: true } }),
    );
    const predictor = discPredictor(3);
    const stitched = await segmentImage(
      picture.image,
      settings({ predictor, options: { tileSize: 144, overlap: 32, uncertainty: true } }),
    );
    expect(predictor.calls.length).toBeGreaterThan(30);
    expect(ap50([matchInstances(whole.instances, stitched.instances)])).toBeGreaterThanOrEqual(0.99);
    expect(stitched.classMapPixelwise).toEqual(whole.classMapPixelwise);
    expect(stitched.uncertainty).toEqual(whole.uncertainty);
  });

  it.each([
    [1, 1],
    [1, 50],
    [3, 2],
    [17, 31],
    [705, 521],
  ])('takes a picture of %i×%i px', async (width, height) => {
    const found = await segmentImage(plain(width, height, 2), settings({ options: { minArea: 0 } }));
    expect(found.instances.data.every((label) => label === 1)).toBe(true);
    expect(found.cells).toHaveLength(1);
    expect(found.cells[0]).toMatchObject({
      type: 2,
      area: width * height,
      x0: 0,
      y0: 0,
      x1: width,
      y1: height,
    });
    expect(found.cells[0]?.centroidX).toBeCloseTo((width - 1) / 2, 9);
  });

  it('finds nothing in an empty picture', async () => {
    const found = await segmentImage(plain(100, 90, 0), settings());
    expect(found.cells).toEqual([]);
    expect(found.classMap.data.every((value) => value === 0)).toBe(true);
    expect(found.composition.types.map((share) => share.cellFraction)).toEqual([
      Number.NaN,
      Number.NaN,
      Number.NaN,
    ]);
  });

  it('drops objects that are too small for a cell, but only from instances', async () => {
    const image = plain(64, 64, 0);
    for (let i = 0; i < 4; i++) image.data[30 * 64 + 30 + i] = 1;
    const found = await segmentImage(image, settings());
    expect(found.cells).toEqual([]);
    expect(found.classMap.data.every((value) => value === 0)).toBe(true);
    expect(found.classMapPixelwise.data[30 * 64 + 31]).toBe(1);
  });

  it('gives a cell the type of its mean log-probability, against a loud minority of pixels', async () => {
    const picture = drawDiscs({ width: 64, height: 64, count: 1, types: 1, seed: 5 });
    for (let i = 0; i < picture.image.data.length; i += 5) {
      if (picture.image.data[i]! > 0) picture.image.data[i] = 3;
    }
    const found = await segmentImage(picture.image, settings());
    expect(found.cells.map((cell) => cell.type)).toEqual([1]);
    expect(new Set(found.classMap.data)).toEqual(new Set([0, 1]));
    expect(new Set(found.classMapPixelwise.data)).toEqual(new Set([0, 1, 3]));
  });

  it('parts two types that run into each other without a waist', async () => {
    const image = plain(64, 40, 0);
    for (let y = 6; y < 34; y++) {
      image.data.fill(1, y * 64 + 4, y * 64 + 32);
      image.data.fill(2, y * 64 + 32, y * 64 + 60);
    }
    const found = await segmentImage(image, settings());
    expect(found.cells.map((cell) => cell.type)).toEqual([1, 2]);
    const wrong = found.classMap.data.reduce((n, type, i) => n + (type === image.data[i] ? 0 : 1), 0);
    expect(wrong).toBeLessThan(28 * 3);
  });

  it('leaves a cell without a type below the confidence asked for', async () => {
    const picture = drawDiscs({ width: 64, height: 64, count: 1, types: 1, seed: 5 });
    const found = await segmentImage(picture.image, settings({ options: { minConfidence: 0.9 } }));
    expect(found.cells.map((cell) => cell.type)).toEqual([0]);
    expect(found.cells[0]?.confidence).toBeCloseTo(0.8, 2);
    expect(found.composition.n).toBe(0);
    expect(found.composition.unassigned.cells).toBe(1);
  });

  it('rates uncertainty from sure to undecided', async () => {
    const undecided: Predictor = {
      inputChannels: 1,
      types: 3,
      multiple: 1,
      predict: async (images) => ({
        foreground: Float32Array.from(images, (value) => (value === 0 ? 0 : value === 1 ? 1 : 0.75)),
        types: Float32Array.from({ length: 3 * images.length }, (_, i) => {
          const value = images[i % images.length];
          return value === 1 ? (i < images.length ? 1 : 0) : 1 / 3;
        }),
      }),
    };
    const image: FloatImage = { width: 3, height: 1, channels: 1, data: new Float32Array([0, 1, 2]) };
    const found = await segmentImage(
      image,
      settings({ predictor: undecided, options: { uncertainty: true } }),
    );
    expect([...(found.uncertainty?.data ?? [])]).toEqual([0, 0, 255]);
  });

  it('keeps all probabilities where asked', async () => {
    const picture = drawDiscs({ width: 50, height: 40, count: 2, types: 3, seed: 5 });
    const found = await segmentImage(picture.image, settings({ options: { probabilities: true } }));
    expect(found.probabilities?.foreground.data.length).toBe(2000);
    expect(found.probabilities?.types.channels).toBe(3);
    const none = await segmentImage(picture.image, settings());
    expect(none.probabilities).toBeNull();
  });

  it('stops soon after the signal and starts nothing more', async () => {
    const controller = new AbortController();
    const predictor = discPredictor(3);
    const run = segmentImage(
      plain(4000, 600, 0),
      settings({
        predictor,
        signal: controller.signal,
        options: { tileSize: 144, inFlight: 2 },
        onProgress: () => controller.abort(),
      }),
    );
    await expect(run).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(predictor.calls.length).toBeLessThan(6);
  });

  it('hands on a failure of the network', async () => {
    const predictor = { ...discPredictor(3), predict: () => Promise.reject(new Error('out of memory')) };
    await expect(segmentImage(plain(900, 900, 0), settings({ predictor }))).rejects.toThrow('out of memory');
  });

  it('refuses a picture of other channels than the network wants', async () => {
    const image = { width: 4, height: 4, channels: 3, data: new Float32Array(48) };
    await expect(segmentImage(image, settings())).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
  });

  it('tells progress up to 1', async () => {
    const told: number[] = [];
    await segmentImage(
      plain(900, 300, 0),
      settings({ options: { tileSize: 256 }, onProgress: (share) => told.push(share) }),
    );
    expect(told.length).toBeGreaterThan(2);
    expect(told.at(-1)).toBe(1);
    expect(told).toEqual(told.toSorted((a, b) => a - b));
  });
});
