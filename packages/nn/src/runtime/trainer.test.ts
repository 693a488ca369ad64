import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { discs, relativeDifference, smallNetwork, smallTraining } from '../../fixtures/small-training.ts';
import type { StepResult, Trainer, TrainerOptions, TrainerState } from '../contracts.ts';
import { networkLayout } from '../graphs/network/network-layout.ts';
import { decodeCheckpoint, encodeCheckpoint } from './checkpoint.ts';
import { takeFingerprint } from './fingerprint.ts';
import { probeBlockedLowering } from './probe.ts';
import { createSchedule } from './schedule.ts';
import { createTrainer } from './trainer.ts';

const { blockSize } = await probeBlockedLowering();

async function withTrainer<T>(
  options: Partial<TrainerOptions>,
  work: (trainer: Trainer) => Promise<T>,
): Promise<T> {
  const trainer = await createTrainer({ ...smallTraining, ...options });
  try {
    return await work(trainer);
  } finally {
    await trainer.close();
  }
}

async function train(trainer: Trainer, from: number, to: number): Promise<StepResult[]> {
  const results: StepResult[] = [];
  for (let i = from; i < to; i++)
    results.push(await trainer.trainStep(discs(i, smallTraining.batch), 1e-3 * (i + 1)));
  return results;
}

const afterSteps = (options: Partial<TrainerOptions>, steps = 3) =>
  withTrainer(options, async (trainer) => ({
    results: await train(trainer, 0, steps),
    state: await trainer.state(),
  }));

/** A digest of everything in a state: equal only where every bit is. */
function bits(state: TrainerState): string {
  const hash = createHash('sha256').update(String(state.step));
  for (const vector of [state.parameters, state.first, state.second, state.average]) hash.update(vector);
  return hash.digest('hex');
}

describe('trainer', () => {
  it('gives the same bits when the same training is run again', async () => {
    const [a, b] = [await afterSteps({}), await afterSteps({})];
    expect(bits(b.state)).toEqual(bits(a.state));
    expect(b.results).toEqual(a.results);
  });

  it.each(['portable', 'auto'] as const)(
    'gives the same bits on any number of lanes (%s)',
    async (lowering) => {
      const one = await afterSteps({ lowering, group: 2, lanes: 1 });
      for (const lanes of [3, 9]) {
        const more = await afterSteps({ lowering, group: 2, lanes });
        expect(bits(more.state)).toEqual(bits(one.state));
        expect(more.results).toEqual(one.results);
      }
    },
  );

  it.each(['portable', 'auto'] as const)(
    'gives the same bits on any number of cores for a single group (%s)',
    async (lowering) => {
      const one = await afterSteps({ lowering, group: 8, lanes: 1 });
      for (const lanes of [2, 7]) {
        const more = await afterSteps({ lowering, group: 8, lanes });
        expect(bits(more.state)).toEqual(bits(one.state));
        expect(more.results).toEqual(one.results);
      }
    },
  );

  it('goes on from a checkpoint with the bits of an unbroken training', async () => {
    const unbroken = await afterSteps({}, 4);
    const saved = await withTrainer({}, async (trainer) => {
      await train(trainer, 0, 2);
      return encodeCheckpoint(await trainer.state(), {
        network: smallNetwork,
        seed: smallTraining.seed,
        schedule: createSchedule(1e-3, 4),
        maskGeneration: 0,
        fingerprint: takeFingerprint(trainer),
      });
    });
    const resumed = await withTrainer({ seed: 99, lanes: 1 }, async (trainer) => {
      await trainer.restore(decodeCheckpoint(saved).state);
      expect(trainer.step).toBe(2);
      return { results: await train(trainer, 2, 4), state: await trainer.state() };
    });
    expect(bits(resumed.state)).toEqual(bits(unbroken.state));
    expect(resumed.results).toEqual(unbroken.results.slice(2));
  });

  it('starts elsewhere with another seed', async () => {
    const [a, b] = [await afterSteps({}, 1), await afterSteps({ seed: 6 }, 1)];
    expect(b.results[0]!.loss).not.toBe(a.results[0]!.loss);
  });

  it.skipIf(blockSize === undefined)(
    'computes the same in the blocked as in the portable lowering, to 0.5 % after three steps',
    async () => {
      const [portable, blocked] = [
        await afterSteps({ lowering: 'portable' }),
        await afterSteps({ lowering: 'blocked' }),
      ];
      expect(blocked.results[0]!.loss).toBeCloseTo(portable.results[0]!.loss, 5);
      expect(blocked.results[0]!.gradientNorm).toBeCloseTo(portable.results[0]!.gradientNorm, 4);
      expect(relativeDifference(blocked.state.parameters, portable.state.parameters)).toBeLessThan(1e-3);
      expect(relativeDifference(blocked.state.first, portable.state.first)).toBeLessThan(5e-3);
    },
  );

  it('takes the portable lowering by itself where the shapes do not divide into blocks', async () => {
    const options = { network: { ...smallNetwork, width: 8 } };
    const lowering = await withTrainer(options, async (trainer) => {
      await train(trainer, 0, 1);
      return trainer.lowering;
    });
    expect(lowering).toBe('portable');
    await expect(createTrainer({ ...smallTraining, ...options, lowering: 'blocked' })).rejects.toMatchObject({
      code: 'GRAPH_INVALID',
    });
  });

  it('learns', async () => {
    const losses = await withTrainer({}, async (trainer) => {
      const values: number[] = [];
      for (let i = 0; i < 40; i++) values.push((await trainer.trainStep(discs(i % 4), 3e-3)).loss);
      return values;
    });
    expect(losses.at(-1)).toBeLessThan(0.5 * losses[0]!);
  });

  it('averages parameters with decay min(0.999, (1 + t) / (10 + t))', async () => {
    await withTrainer({}, async (trainer) => {
      const before = await trainer.state();
      await train(trainer, 0, 1);
      const after = await trainer.state();
      const decay = 2 / 11;
      const expected = before.average.map((value, i) => decay * value + (1 - decay) * after.parameters[i]!);
      expect(relativeDifference(after.average, expected)).toBeLessThan(1e-6);
    });
  });

  it('measures the norm statistics of the averaged network over all given batches', async () => {
    const batches = [discs(0), discs(1), discs(2)];
    const trained = await withTrainer({}, async (trainer) => {
      await train(trainer, 0, 2);
      return trainer.averagedNetwork(batches);
    });
    const layout = networkLayout(smallNetwork);
    const weights = layout.parameters.find(({ name }) => name === 'enc.0.0.conv.weight')!;
    const first = layout.norms[0]!;
    for (const channel of [0, 7]) {
      const kernel = trained.parameters.subarray(
        weights.offset + channel * 9,
        weights.offset + channel * 9 + 9,
      );
      const { mean, variance } = momentsOfConvolution(
        batches.map(({ images }) => images),
        kernel,
        32,
      );
      expect(trained.statistics[first.offset + channel]).toBeCloseTo(mean, 5);
      expect(trained.statistics[first.offset + first.channels + channel]).toBeCloseTo(variance, 5);
    }
  });

  it('refuses batches of another shape by name', async () => {
    await withTrainer({}, async (trainer) => {
      await expect(trainer.trainStep(discs(0, 4), 1e-3)).rejects.toThrow(/4 images of 32×32.*8 of 32×32/);
      await expect(trainer.trainStep({ ...discs(0), types: new Float32Array(5) }, 1e-3)).rejects.toThrow(
        /"types" of the batch has 5 values, 16384/,
      );
      await expect(trainer.averagedNetwork([])).rejects.toThrow(/at least one batch/);
      expect((await train(trainer, 0, 1))[0]!.step).toBe(1);
    });
  });

  it('refuses a batch that is not whole groups, and sides that do not halve', async () => {
    await expect(createTrainer({ ...smallTraining, batch: 6 })).rejects.toMatchObject({
      code: 'INVALID_ARGUMENT',
    });
    await expect(createTrainer({ ...smallTraining, height: 30 })).rejects.toMatchObject({
      code: 'GRAPH_INVALID',
    });
    await expect(createTrainer({ ...smallTraining, lanes: 0 })).rejects.toThrow(/"lanes"/);
  });

  it('does not take a step whose loss is not a number', async () => {
    await withTrainer({}, async (trainer) => {
      await train(trainer, 0, 1);
      const before = await trainer.state();
      const batch = discs(1);
      batch.images[100] = Number.NaN;
      await expect(trainer.trainStep(batch, 1e-3)).rejects.toMatchObject({
        code: 'TRAINING_DIVERGED',
        cure: expect.stringContaining('below 0.001'),
      });
      expect(bits(await trainer.state())).toEqual(bits(before));
    });
  });

  it('refuses to restore the state of another network', async () => {
    await withTrainer({}, async (trainer) => {
      const state = await trainer.state();
      await expect(trainer.restore({ ...state, second: new Float32Array(3) })).rejects.toThrow(
        /"second".* 3 values/,
      );
    });
  });

  it('stops at once when it is closed in the middle of a step, and leaves no thread behind', async () => {
    const before = threads();
    const trainer = await createTrainer(smallTraining);
    expect(threads()).toBeGreaterThan(before);
    const step = trainer.trainStep(discs(0), 1e-3);
    const refused = expect(step).rejects.toMatchObject({ code: 'CANCELLED' });
    await trainer.close();
    await refused;
    await expect(trainer.trainStep(discs(0), 1e-3)).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(threads()).toBe(before);
  });
});

/** Worker threads of this process, as its diagnostic report counts them. */
function threads(): number {
  const report: { workers?: unknown[] } = JSON.parse(JSON.stringify(process.report.getReport()));
  return report.workers?.length ?? 0;
}

/** Mean and biased variance of a 3×3 convolution with zero padding over all pictures. */
function momentsOfConvolution(sets: readonly Float32Array[], kernel: Float32Array, side: number) {
  let sum = 0;
  let squares = 0;
  let n = 0;
  for (const images of sets) {
    for (let i = 0; i < images.length; i++) {
      const [x, y] = [i % side, Math.floor(i / side) % side];
      let value = 0;
      for (let k = 0; k < 9; k++) {
        const [dx, dy] = [(k % 3) - 1, Math.floor(k / 3) - 1];
        if (x + dx >= 0 && x + dx < side && y + dy >= 0 && y + dy < side)
          value += kernel[k]! * images[i + dy * side + dx]!;
      }
      sum += value;
      squares += value * value;
      n++;
    }
  }
  return { mean: sum / n, variance: squares / n - (sum / n) ** 2 };
}
