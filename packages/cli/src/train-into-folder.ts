import { rm } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import {
  type Calibration,
  type Culture,
  type TrainingEvent,
  type TrainingResult,
  type TrainingSettingsInput,
  trainCellMixer,
} from '@cellmixer/cellmixer';
import { writeCardPage } from '@cellmixer/cellmixer/card';
import { writeAtomically } from './files/atomic-write.ts';
import { checkpointFile } from './files/checkpoint-file.ts';
import { EventLog } from './files/event-log.ts';
import { cardPageOf } from './files/model-card.ts';
import { modelPaths } from './files/model-folder.ts';
import { VERSION } from './version.ts';

export interface TrainIntoFolderOptions {
  readonly cultures: readonly Culture[];
  readonly settings: TrainingSettingsInput;
  readonly folder: string;
  /** Instead of measuring it. */
  readonly calibration?: Calibration;
  /** Go on from the folder's checkpoint, if it has one. */
  readonly resume: boolean;
  readonly signal: AbortSignal;
  readonly onEvent: (event: TrainingEvent) => void;
}

/**
 * Trains and leaves a model folder: `model.onnx`, `checkpoint.safetensors`, `card.json`, `card.md`,
 * `training.jsonl`. Stopped by the signal it leaves a checkpoint and throws CANCELLED.
 */
export async function trainIntoFolder(options: TrainIntoFolderOptions): Promise<TrainingResult> {
  const { cultures, settings, folder, resume, signal, onEvent } = options;
  const paths = modelPaths(folder);
  // What is left of an earlier run would pass for this one's.
  if (!resume) await Promise.all([paths.checkpoint, paths.model].map((path) => rm(path, { force: true })));
  const log = await EventLog.open(paths.events, resume);
  const run = trainCellMixer({
    cultures,
    settings,
    checkpoint: checkpointFile(paths.checkpoint),
    signal,
    ...(options.calibration === undefined ? {} : { calibration: options.calibration }),
  });
  try {
    for (;;) {
      const next = await run.next();
      if (next.done === true) {
        const page = cardPageOf(basename(resolve(folder)), VERSION, cultures, next.value);
        await writeAtomically(paths.cardJson, `${JSON.stringify(page, null, 2)}\n`);
        await writeAtomically(paths.cardText, writeCardPage(page));
        // The model comes last: where it is, all the rest is.
        await writeAtomically(paths.model, next.value.model);
        return next.value;
      }
      await log.add(next.value);
      onEvent(next.value);
    }
  } finally {
    await log.flush();
  }
}
