import type { TrainingBatch } from '@cellmixer/nn';
import { describe, expect, it } from 'vitest';
import { createComposer } from './compose-sample.ts';
import { drawnCalibration, drawPictures } from './drawn-pictures.ts';
import { cellmixerRecipe } from './recipes.ts';
import { createSampler, type SamplerOptions } from './sampler.ts';

const options: SamplerOptions = {
  prepared: [0, 1].flatMap((type) => drawPictures({ type, value: [type + 1], noise: 0.02 })),
  types: ['a', 'b'],
  calibration: drawnCalibration,
  recipe: { ...cellmixerRecipe('transmitted'), cropSize: 64 },
  seed: 3,
  batch: 4,
};

const arrays = ['images', 'foreground', 'types', 'weight'] as const;

function same(a: TrainingBatch, b: TrainingBatch): boolean {
  return (
    a.count === b.count &&
    arrays.every((name) => Buffer.from(a[name].buffer).equals(Buffer.from(b[name].buffer)))
  );
}

// Starting threads takes seconds on a busy machine.
describe('the sampler', () => {
  it('gives the same batches in this thread, on one worker and on two, in any order of steps', async () => {
    const here = createSampler({ ...options, workers: 0 });
    const one = createSampler({ ...options, workers: 1 });
    const two = createSampler({ ...options, workers: 2, ahead: 2 });
    try {
      for (const step of [0, 1, 2, 9, 3, 1]) {
        const batch = await here.batch(step);
        expect(batch.images).toHaveLength(4 * 64 * 64);
        expect(same(await one.batch(step), batch)).toBe(true);
        expect(same(await two.batch(step), batch)).toBe(true);
      }
      expect(same(await one.batch(5, 1), await one.batch(5))).toBe(false);
    } finally {
      await Promise.all([here, one, two].map((sampler) => sampler.close()));
    }
  });

  it('lays the samples of a step side by side', async () => {
    const sampler = createSampler(options);
    const composer = createComposer(options);
    const batch = await sampler.batch(4);
    await sampler.close();
    const sample = composer.sample(4, 2);
    const area = 64 * 64;
    expect(batch.images.slice(2 * area, 3 * area)).toEqual(sample.image);
    expect(batch.types.slice(4 * area, 6 * area)).toEqual(sample.types);
    expect(batch.weight.slice(2 * area, 3 * area)).toEqual(sample.weight);
  });

  it('hands out steps that are asked for at once, and one step twice', async () => {
    const sampler = createSampler({ ...options, ahead: 0 });
    const batches = await Promise.all([0, 7, 1, 7].map((step) => sampler.batch(step)));
    await sampler.close();
    expect(same(batches[1]!, batches[3]!)).toBe(true);
    expect(same(batches[0]!, batches[2]!)).toBe(false);
  });

  it('stops at an abort and refuses further steps', async () => {
    const controller = new AbortController();
    const sampler = createSampler({ ...options, batch: 64, signal: controller.signal });
    const first = sampler.batch(0);
    controller.abort();
    await expect(first).rejects.toMatchObject({ code: 'CANCELLED' });
    await expect(sampler.batch(1)).rejects.toMatchObject({ code: 'CANCELLED' });
    await sampler.close();
  });

  it("brings a worker's error to the caller with its words", async () => {
    const sampler = createSampler({ ...options, batch: 2 ** 40 });
    await expect(sampler.batch(0)).rejects.toMatchObject({
      code: 'SAMPLING_FAILED',
      message: expect.stringMatching(/typed array length/),
    });
    await sampler.close();
  });

  it('names a setting that makes no sense', () => {
    expect(() => createSampler({ ...options, batch: 0 })).toThrow(/batch is 0/);
    expect(() => createSampler({ ...options, recipe: { ...options.recipe, cropSize: 65 } })).toThrow(
      /recipe\.cropSize/,
    );
  });
});
