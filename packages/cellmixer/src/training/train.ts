import { CellMixerError } from '@cellmixer/errors';
import {
  buildInferenceGraph,
  createTrainer,
  defaultUNet,
  type LossOptions,
  networkPresets,
  openModel,
  type TrainedNetwork,
  type Trainer,
  type TrainingBatch,
  type UNetOptions,
} from '@cellmixer/nn';
import { calibrate } from '../calibration/calibrate.ts';
import { prepareCultures } from '../calibration/prepare-cultures.ts';
import type {
  Calibration,
  CheckpointStore,
  Culture,
  ForegroundParameters,
  ForegroundQuality,
  Recipe,
} from '../contracts.ts';
import { defaultForegroundParameters } from '../foreground/parameters.ts';
import { baselineRecipe, cellmixerRecipe, paperRecipe } from '../mixing/recipes.ts';
import { createSampler, type Sampler } from '../mixing/sampler.ts';
import { eventStream } from './event-stream.ts';
import type { TrainingEvent } from './events.ts';
import { METADATA_KEY, MODEL_FORMAT, type ModelMetadata } from './model-metadata.ts';
import { runIdentity } from './run-identity.ts';
import {
  NORM_GROUP,
  parseTrainingSettings,
  type TrainingSettings,
  type TrainingSettingsInput,
} from './settings.ts';
import { resume, trainSteps } from './train-steps.ts';
import { type Validation, validate } from './validation.ts';

/** Batches over which the final norm statistics are measured. */
const STATISTICS_BATCHES = 16;
const VALIDATION_BATCHES = 8;
/** Sample numbers that no training step reaches. */
const STATISTICS_STEP = 2_000_000_000;
const VALIDATION_STEP = 2_100_000_000;

export interface TrainOptions {
  readonly cultures: readonly Culture[];
  readonly settings?: TrainingSettingsInput;
  /** Instead of the method's own recipe. */
  readonly recipe?: Recipe;
  /** Instead of measuring it. */
  readonly calibration?: Calibration;
  readonly foreground?: ForegroundParameters;
  /** Where a run is saved, and goes on from if something is there. */
  readonly checkpoint?: CheckpointStore;
  readonly signal?: AbortSignal;
}

export interface TrainingResult {
  /** ONNX with metadata: picture in, foreground and type probabilities out. */
  readonly model: Uint8Array;
  readonly metadata: ModelMetadata;
  readonly validation: Validation;
  readonly settings: TrainingSettings;
}

/**
 * Learns the cells of a mixture from pure cultures. Yields events; the result is the generator's return value.
 * Equal inputs and seed give the same bytes. Aborting saves a checkpoint first where a store is given.
 *
 * @throws TOO_FEW_CULTURES, NO_FOREGROUND, INVALID_ARGUMENT, CHECKPOINT_UNREADABLE, CANCELLED
 */
export function trainCellMixer(options: TrainOptions): AsyncGenerator<TrainingEvent, TrainingResult> {
  const settings = parseTrainingSettings(options.settings ?? {});
  checkCultures(options.cultures);
  return eventStream((emit, signal) => run(options, settings, emit, signal), options.signal);
}

function checkCultures(cultures: readonly Culture[]): void {
  const empty = cultures.find((culture) => culture.images.length === 0);
  if (empty !== undefined) {
    throw new CellMixerError('TOO_FEW_CULTURES', `"${empty.type}" has no pictures`, {
      subject: empty.type,
      cure: 'Add pictures of this pure culture, or leave the type out.',
    });
  }
  if (cultures.length < 2) {
    throw new CellMixerError(
      'TOO_FEW_CULTURES',
      `${cultures.length} culture given; telling apart needs two or more`,
      {
        cure: 'Give pictures of at least two pure cultures.',
      },
    );
  }
  const seen = new Map<string, string>();
  const first = cultures[0]?.images[0];
  for (const culture of cultures) {
    for (const image of culture.images) {
      const owner = seen.get(image.id);
      if (owner !== undefined && owner !== culture.type) {
        throw new CellMixerError(
          'INVALID_ARGUMENT',
          `"${image.name}" is in "${owner}" and in "${culture.type}"`,
          {
            subject: image.name,
            cure: 'A picture of a pure culture belongs to one type; take it out of the other.',
          },
        );
      }
      seen.set(image.id, culture.type);
      if (first !== undefined && image.channels !== first.channels) {
        throw new CellMixerError(
          'INVALID_ARGUMENT',
          `"${image.name}" and "${first.name}" were not taken alike: ${image.channels} and ${first.channels} channels`,
          {
            subject: image.name,
            cure: 'Leave out the pictures that are unlike the others, such as colour among grey.',
          },
        );
      }
    }
  }
}

type Emit = (event: TrainingEvent) => void;

async function run(options: TrainOptions, settings: TrainingSettings, emit: Emit, signal: AbortSignal) {
  const { cultures } = options;
  const types = cultures.map((culture) => culture.type);
  emit({ kind: 'stage', stage: 'calibrate', done: 0, total: 1 });
  const calibration =
    options.calibration ??
    (await calibrate(cultures, {
      modality: settings.modality,
      cellDiameterPx: settings.cellDiameterPx,
      signal,
    }));
  emit({ kind: 'calibration', calibration });
  const parameters =
    options.foreground ?? defaultForegroundParameters(calibration.modality, calibration.cellDiameterPx);
  const prepared = await prepare(options, calibration, parameters, emit, signal);
  const recipe = options.recipe ?? recipeOf(settings, calibration);
  emit({ kind: 'stage', stage: 'prepare', done: 0, total: 1 });
  const sampler = createSampler({
    prepared,
    types,
    calibration,
    recipe,
    seed: settings.seed,
    batch: settings.batch,
    workers: settings.sampleWorkers,
  });
  const network = networkOf(settings, calibration.channels, types.length);
  const trainer = await createTrainer({
    network,
    loss: lossOf(settings),
    batch: settings.batch,
    group: NORM_GROUP,
    height: recipe.cropSize,
    width: recipe.cropSize,
    seed: settings.seed,
    provider: settings.provider,
    ...(settings.lanes === undefined ? {} : { lanes: settings.lanes }),
    weightDecay: settings.weightDecay,
    clipNorm: settings.clipNorm,
    foregroundPrior: (recipe.confluence[0] + recipe.confluence[1]) / 2,
  }).catch(async (error: unknown) => {
    await sampler.close();
    throw error;
  });
  try {
    const averaged = async () =>
      trainer.averagedNetwork(await takeBatches(sampler, STATISTICS_STEP, STATISTICS_BATCHES));
    const steps = {
      trainer,
      network,
      sampler,
      settings,
      identity: runIdentity(cultures, settings, recipe, calibration, parameters),
      checkpoint: options.checkpoint,
      look: async () => validateNetwork(await averaged(), sampler, types.length, trainer.step, emit),
      emit,
      signal,
    };
    const progress = await resume(steps);
    emit({ kind: 'samples', step: trainer.step, batch: await sampler.batch(trainer.step), found: null });
    emit({ kind: 'stage', stage: 'prepare', done: 1, total: 1 });
    await trainSteps(steps, progress);
    emit({ kind: 'stage', stage: 'finish', done: 0, total: 1 });
    const trained = await averaged();
    const validation = await validateNetwork(trained, sampler, types.length, trainer.step, emit);
    const { miou, foregroundIou, typeAccuracy } = validation;
    emit({ kind: 'validation', step: trainer.step, miou, foregroundIou, typeAccuracy });
    const metadata = describe(cultures, settings, calibration, trainer, validation);
    const model = buildInferenceGraph(trained, { [METADATA_KEY]: JSON.stringify(metadata) });
    emit({ kind: 'stage', stage: 'finish', done: 1, total: 1 });
    return { model, metadata, validation, settings };
  } finally {
    await trainer.close();
    await sampler.close();
  }
}

async function prepare(
  options: TrainOptions,
  calibration: Calibration,
  parameters: ForegroundParameters,
  emit: Emit,
  signal: AbortSignal,
) {
  const { cultures } = options;
  const total = cultures.reduce((sum, culture) => sum + culture.images.length, 0);
  const { images, leftOut } = await prepareCultures(cultures, calibration, parameters, {
    signal,
    onProgress: (done) => emit({ kind: 'stage', stage: 'foreground', done, total }),
  });
  const tell = (used: boolean) => (image: { name: string; type: number; quality: ForegroundQuality }) =>
    emit({
      kind: 'foreground',
      image: image.name,
      type: cultures[image.type]?.type ?? '',
      quality: image.quality,
      used,
    });
  images.forEach(tell(true));
  leftOut.forEach(tell(false));
  return images;
}

function recipeOf(settings: TrainingSettings, calibration: Calibration): Recipe {
  const base =
    settings.method === 'cellmixer'
      ? cellmixerRecipe(calibration.modality)
      : settings.method === 'baseline'
        ? baselineRecipe(calibration.modality)
        : paperRecipe(calibration.modality);
  // A sigmoid per type can say that two cells lie over each other; a softmax cannot.
  const overlap = settings.typeHead === 'sigmoid' ? 'both' : base.overlap;
  return { ...base, overlap, cropSize: settings.cropSize };
}

function networkOf(settings: TrainingSettings, inputChannels: number, types: number): UNetOptions {
  return defaultUNet({
    ...networkPresets[settings.preset],
    inputChannels,
    types,
    typeHead: settings.typeHead,
    deepSupervision: settings.method !== 'paper',
  });
}

function lossOf(settings: TrainingSettings): Partial<LossOptions> {
  return settings.method === 'paper' ? { dice: 0 } : {};
}

async function takeBatches(sampler: Sampler, first: number, count: number): Promise<TrainingBatch[]> {
  const list: TrainingBatch[] = [];
  for (let i = 0; i < count; i++) list.push(await sampler.batch(first + i));
  return list;
}

async function validateNetwork(
  trained: TrainedNetwork,
  sampler: Sampler,
  types: number,
  step: number,
  emit: Emit,
): Promise<Validation> {
  const model = await openModel(buildInferenceGraph(trained, {}), { provider: 'cpu' });
  try {
    const batches = await takeBatches(sampler, VALIDATION_STEP, VALIDATION_BATCHES);
    for (const batch of batches.slice(0, 1)) {
      const found = await model.predict(batch.images, batch.count, batch.height, batch.width);
      emit({ kind: 'samples', step, batch, found });
    }
    return await validate(model, batches, types);
  } finally {
    await model.close();
  }
}

function describe(
  cultures: readonly Culture[],
  settings: TrainingSettings,
  calibration: Calibration,
  trainer: Trainer,
  validation: Validation,
): ModelMetadata {
  const { method, preset, seed, steps, batch, cropSize, learningRate } = settings;
  return {
    format: MODEL_FORMAT,
    types: cultures.map((culture) => culture.type),
    typeHead: settings.typeHead,
    calibration: { ...calibration, intensityScale: [...calibration.intensityScale] },
    confusion: validation.confusion,
    run: {
      method,
      preset,
      seed,
      steps,
      batch,
      cropSize,
      learningRate,
      provider: trainer.provider,
      lowering: trainer.lowering,
      pictures: cultures.map((culture) => culture.images.map((image) => image.id)),
    },
  };
}
