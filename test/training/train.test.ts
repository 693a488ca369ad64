import {
  type CheckpointStore,
  type Culture,
  calibrateImage,
  type ImageSource,
  openCellMixerModel,
  segmentImage,
  type TrainingEvent,
  type TrainingResult,
  type TrainOptions,
  trainCellMixer,
} from '@cellmixer/cellmixer';
import { type DemoLine, demoLines, drawCulture } from '@cellmixer/demo-cultures';
import { describe, expect, it } from 'vitest';

function sourceOf(line: DemoLine, well: number): ImageSource {
  const { image } = drawCulture({ line, well, field: 1, seed: 5, width: 320, height: 256 });
  const native = { ...image, data: Float32Array.from(image.data) };
  return {
    id: `${line}-${well}`,
    name: `${line}_${well}.png`,
    width: image.width,
    height: image.height,
    channels: 1,
    maxValue: 255,
    pixelSizeUm: null,
    sample: `well-${well}`,
    read: async () => native,
  };
}

const cultures: Culture[] = demoLines
  .slice(0, 2)
  .map((line) => ({ type: line, images: [sourceOf(line, 1), sourceOf(line, 2)] }));

const settings = {
  preset: 'fast',
  steps: 12,
  batch: 4,
  cropSize: 64,
  validateEvery: 0,
  checkpointEvery: 5,
} as const;

async function run(options: Partial<TrainOptions> = {}, onEvent: (event: TrainingEvent) => void = () => {}) {
  const stream = trainCellMixer({ cultures, settings, ...options });
  const events: TrainingEvent[] = [];
  let next = await stream.next();
  while (!next.done) {
    events.push(next.value);
    onEvent(next.value);
    next = await stream.next();
  }
  const result: TrainingResult = next.value;
  return { events, result };
}

function memoryStore(): CheckpointStore & { bytes: Uint8Array | null } {
  return {
    bytes: null,
    async load() {
      return this.bytes;
    },
    async save(bytes) {
      this.bytes = bytes;
    },
  };
}

describe('training on two demo cultures', () => {
  it('gives the same model bit by bit from the same seed, and another from another', async () => {
    const first = await run();
    const second = await run({ settings: { ...settings, lanes: 1, sampleWorkers: 2 } });
    const other = await run({ settings: { ...settings, seed: 2 } });
    expect(second.result.model).toEqual(first.result.model);
    expect(other.result.model).not.toEqual(first.result.model);
    const losses = first.events.flatMap((event) => (event.kind === 'step' ? [event.loss] : []));
    expect(losses).toHaveLength(settings.steps);
    expect(losses.every(Number.isFinite)).toBe(true);
  });

  it('stops on demand, keeps a checkpoint, and goes on to the same model', async () => {
    const whole = await run();
    const store = memoryStore();
    const controller = new AbortController();
    const stopped = run({ checkpoint: store, signal: controller.signal }, (event) => {
      if (event.kind === 'step' && event.step === 7) controller.abort();
    });
    await expect(stopped).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(store.bytes).not.toBeNull();
    const resumed = await run({ checkpoint: store });
    const from = resumed.events.find((event) => event.kind === 'checkpoint' && event.resumed);
    expect(from).toMatchObject({ step: expect.any(Number) });
    const steps = resumed.events.filter((event) => event.kind === 'step').length;
    expect(steps).toBeLessThan(settings.steps);
    expect(resumed.result.model).toEqual(whole.result.model);
  });

  it('begins the decay early where learning stands still, after a resume too', async () => {
    const still = { ...settings, steps: 40, validateEvery: 2, learningRate: 1e-12 };
    const whole = await run({ settings: still });
    const last = (events: readonly TrainingEvent[]) => events.findLast((event) => event.kind === 'step');
    // Five looks show the plateau at step 10; the decay takes its fifth of the 40 steps from there.
    expect(last(whole.events)).toMatchObject({ step: 18, steps: 18 });
    const store = memoryStore();
    const controller = new AbortController();
    const stopped = run({ settings: still, checkpoint: store, signal: controller.signal }, (event) => {
      if (event.kind === 'step' && event.step === 12) controller.abort();
    });
    await expect(stopped).rejects.toMatchObject({ code: 'CANCELLED' });
    const resumed = await run({ settings: still, checkpoint: store });
    expect(last(resumed.events)).toMatchObject({ step: 18, steps: 18 });
    expect(resumed.result.model).toEqual(whole.result.model);
  });

  it('refuses a checkpoint of another run', async () => {
    const store = memoryStore();
    await run({ checkpoint: store });
    await expect(run({ checkpoint: store, settings: { ...settings, seed: 9 } })).rejects.toMatchObject({
      code: 'CHECKPOINT_UNREADABLE',
    });
  });

  it('trains the baseline and the paper reference on the same pictures', async () => {
    for (const method of ['baseline', 'paper'] as const) {
      const { result } = await run({ settings: { ...settings, steps: 2, method } });
      expect(result.metadata.run.method).toBe(method);
    }
  });

  it('gives a model that opens with its types and segments a picture', async () => {
    const { result } = await run({ settings: { ...settings, steps: 2 } });
    const model = await openCellMixerModel(result.model);
    try {
      expect(model.types).toEqual(demoLines.slice(0, 2));
      const picture = await cultures[0]!.images[0]!.read();
      const found = await segmentImage(calibrateImage(picture, model.calibration), model);
      expect(found.classMap.data.length).toBe(found.width * found.height);
    } finally {
      await model.close();
    }
  });
});

describe('cultures that cannot be trained on', () => {
  const first = cultures[0]!;
  it.each<[string, readonly Culture[], string]>([
    ['one line', [first], 'TOO_FEW_CULTURES'],
    ['an empty line', [first, { type: 'empty', images: [] }], 'TOO_FEW_CULTURES'],
    ['one picture in two lines', [first, { type: 'twin', images: first.images }], 'INVALID_ARGUMENT'],
    [
      'pictures of differing channels',
      [first, { type: 'colour', images: [{ ...first.images[0]!, id: 'c', channels: 3 }] }],
      'INVALID_ARGUMENT',
    ],
  ])('%s is refused by name', async (_, given, code) => {
    await expect(run({ cultures: given })).rejects.toMatchObject({ code });
  });
});
