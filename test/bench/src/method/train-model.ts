import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  type Culture,
  openCellMixerModel,
  parseTrainingSettings,
  type TrainingMethod,
  trainCellMixer,
} from '@cellmixer/cellmixer';
import { CellMixerError } from '@cellmixer/errors';
import type { Dataset } from './dataset.ts';

/** What is compared; `supervised` is CellMixer on drawn masks instead of found ones. */
export type Method = TrainingMethod | 'supervised';

export interface TrainOptions {
  readonly preset: 'fast' | 'balanced' | 'accurate';
  readonly steps?: number;
  readonly smoke?: true;
  /** Typical cell diameter, native pixels. */
  readonly diameter?: number;
  /** Folder to keep models in, and to take those from that an earlier run of the same kind kept. */
  readonly models?: string;
}

/** Trains, or takes the model that an earlier run of the same method, seed and steps on the same pictures kept. */
export async function obtainModel(
  dataset: Dataset,
  method: Method,
  seed: number,
  options: TrainOptions,
): Promise<Uint8Array> {
  const supervised = method === 'supervised';
  const cultures = supervised ? dataset.drawn : dataset.training;
  const trained = supervised ? 'cellmixer' : method;
  const file = options.models === undefined ? null : join(options.models, `${method}-${seed}.onnx`);
  if (file !== null && existsSync(file)) {
    const kept = await readFile(file);
    await demandSame(kept, file, cultures, trained, seed, options);
    console.log(`${method} seed ${seed}: taken from ${file}`);
    return kept;
  }
  const model = await trainModel(cultures, trained, seed, options, method);
  if (file !== null) {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, model);
  }
  return model;
}

/** @throws INVALID_ARGUMENT where a kept model comes from another run */
async function demandSame(
  bytes: Uint8Array,
  file: string,
  cultures: readonly Culture[],
  method: TrainingMethod,
  seed: number,
  options: TrainOptions,
): Promise<void> {
  const { run, close } = await openCellMixerModel(bytes);
  await close();
  const { steps, preset } = parseTrainingSettings(settingsOf(method, seed, options));
  const same =
    run.method === method &&
    run.seed === seed &&
    run.steps === steps &&
    run.preset === preset &&
    run.pictures.flat().join() === cultures.flatMap((one) => one.images.map((image) => image.id)).join();
  if (same) return;
  throw new CellMixerError('INVALID_ARGUMENT', `${file} was trained with other settings or pictures`, {
    subject: file,
    cure: 'Give another folder to --models, or remove the file.',
  });
}

function settingsOf(method: TrainingMethod, seed: number, options: TrainOptions) {
  const steps = options.smoke ? 600 : options.steps;
  return {
    method,
    preset: options.preset,
    seed,
    ...(steps === undefined ? {} : { steps }),
    ...(options.diameter === undefined ? {} : { cellDiameterPx: options.diameter }),
  };
}

/** @param label what the progress calls the run */
export async function trainModel(
  cultures: readonly Culture[],
  method: TrainingMethod,
  seed: number,
  options: TrainOptions,
  label: string,
): Promise<Uint8Array> {
  const events = trainCellMixer({ cultures, settings: settingsOf(method, seed, options) });
  let event = await events.next();
  while (!event.done) {
    report(`${label} seed ${seed}`, event.value);
    event = await events.next();
  }
  return event.value.model;
}

function report(label: string, event: { readonly kind: string }): void {
  if (event.kind === 'calibration' || event.kind === 'validation')
    console.log(`${label}: ${JSON.stringify(event)}`);
  if (event.kind === 'foreground' && 'used' in event && event.used === false)
    console.log(`left out: ${JSON.stringify(event)}`);
  if (event.kind === 'step' && 'step' in event && Number(event.step) % 100 === 0) {
    const { step, loss, foregroundLoss, typeLoss, secondsLeft } = event as unknown as Record<string, number>;
    console.log(
      `${label} step ${step}: loss ${loss!.toFixed(3)} (foreground ${foregroundLoss!.toFixed(3)}, type ${typeLoss!.toFixed(3)}), ${Math.round(secondsLeft!)} s left`,
    );
  }
}
