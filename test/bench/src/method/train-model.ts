import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Culture, type TrainingMethod, trainCellMixer } from '@cellmixer/cellmixer';
import type { Dataset } from './dataset.ts';

/** What is compared; `supervised` is CellMixer on drawn masks instead of found ones. */
export type Method = TrainingMethod | 'supervised';

export interface TrainOptions {
  readonly preset: 'fast' | 'balanced' | 'accurate';
  readonly steps?: number;
  readonly smoke?: true;
  /** Typical cell diameter, native pixels. */
  readonly diameter?: number;
  /** Folder to keep models in. */
  readonly models?: string;
  /** Folder to take kept models from. */
  readonly score?: string;
}

/** Trains, or takes the model that an earlier run kept. */
export async function obtainModel(
  dataset: Dataset,
  method: Method,
  seed: number,
  options: TrainOptions,
): Promise<Uint8Array> {
  const file = `${method}-${seed}.onnx`;
  if (options.score !== undefined) return readFile(join(options.score, file));
  const supervised = method === 'supervised';
  const cultures = supervised ? dataset.drawn : dataset.training;
  const model = await trainModel(cultures, supervised ? 'cellmixer' : method, seed, options, method);
  if (options.models !== undefined) {
    await mkdir(options.models, { recursive: true });
    await writeFile(join(options.models, file), model);
  }
  return model;
}

/** @param label what the progress calls the run */
export async function trainModel(
  cultures: readonly Culture[],
  method: TrainingMethod,
  seed: number,
  options: TrainOptions,
  label: string,
): Promise<Uint8Array> {
  const steps = options.smoke ? 600 : options.steps;
  const settings = {
    method,
    preset: options.preset,
    seed,
    ...(steps === undefined ? {} : { steps }),
    ...(options.diameter === undefined ? {} : { cellDiameterPx: options.diameter }),
  };
  const events = trainCellMixer({ cultures, settings });
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
