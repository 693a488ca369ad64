import {
  type Calibration,
  type CellMixerModel,
  type Culture,
  countPicture,
  evaluate,
  openCellMixerModel,
  segmentImage,
  segmentPicture,
  type TrainingEvent,
  type TrainingSettingsInput,
} from '@cellmixer/cellmixer';
import { CellMixerError } from '@cellmixer/errors';
import { trainIntoFolder } from '../train-into-folder.ts';
import type { TestPicture } from './demo-data.ts';
import type { DemoMethod, DemoRun, LossPoint } from './demo-result.ts';

export interface RunMethodOptions {
  readonly method: DemoMethod;
  readonly cultures: readonly Culture[];
  readonly calibration: Calibration;
  readonly mixtures: readonly TestPicture[];
  readonly settings: TrainingSettingsInput;
  readonly folder: string;
  readonly signal: AbortSignal;
  readonly onEvent: (event: TrainingEvent) => void;
  readonly onTrained: () => void;
  readonly onSegmented: (done: number) => void;
}

/** Trains one method and lets it find the cells of every mixture. */
export async function runMethod(options: RunMethodOptions): Promise<DemoRun> {
  const { method, cultures, mixtures, calibration, folder, signal } = options;
  const losses: LossPoint[] = [];
  const started = performance.now();
  const trained = await trainIntoFolder({
    cultures,
    calibration,
    settings: { ...options.settings, method },
    folder,
    resume: false,
    signal,
    onEvent(event) {
      if (event.kind === 'step') {
        losses.push({ step: event.step, foreground: event.foregroundLoss, type: event.typeLoss });
      }
      options.onEvent(event);
    },
  });
  const seconds = (performance.now() - started) / 1000;
  options.onTrained();
  const model = await openCellMixerModel(trained.model);
  try {
    const found: DemoRun['found'][number][] = [];
    for (const picture of mixtures) {
      if (signal.aborted) throw new CellMixerError('CANCELLED', 'stopped while segmenting');
      const { classMap, instances } = await segmentTest(model, picture, signal);
      found.push({ classMap, instances });
      options.onSegmented(found.length);
    }
    const counts = mixtures.map(({ name, sample, classMap, instances }, i) =>
      countPicture(
        instances === null ? { name, sample, classMap } : { name, sample, classMap, instances },
        found[i]!,
        model.types.length,
      ),
    );
    const evaluation = evaluate(counts, { seed: 'demo' });
    return { method, settings: trained.settings, seconds, losses, found, counts, evaluation };
  } finally {
    await model.close();
  }
}

function segmentTest(model: CellMixerModel, picture: TestPicture, signal: AbortSignal) {
  if (!picture.calibrated) return segmentPicture(model, picture.image, { name: picture.name, signal });
  const { predictor, types, calibration } = model;
  return segmentImage(picture.image, {
    predictor,
    types,
    calibration,
    options: { uncertainty: false },
    signal,
  });
}
