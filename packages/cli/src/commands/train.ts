import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Culture, TrainingResult, TrainingSettingsInput } from '@cellmixer/cellmixer';
import { CellMixerError } from '@cellmixer/errors';
import { writeAtomically } from '../files/atomic-write.ts';
import { modelPaths } from '../files/model-folder.ts';
import { readCultures } from '../files/read-cultures.ts';
import { tellTraining } from '../terminal/training-words.ts';
import { trainIntoFolder } from '../train-into-folder.ts';
import type { CommandContext } from './command-context.ts';

export interface TrainOptions {
  readonly out: string;
  readonly types?: readonly string[];
  readonly preset?: 'fast' | 'balanced' | 'accurate';
  readonly steps?: number;
  readonly seed?: number;
  readonly modality?: 'auto' | 'transmitted' | 'stained' | 'fluorescence';
  readonly diameter?: number;
  readonly provider?: 'auto' | 'cpu' | 'webgpu' | 'cuda';
  readonly lanes?: number;
  readonly baseline?: boolean;
  readonly resume?: boolean;
  readonly force?: boolean;
}

/** `cellmixer train <cultures> --out <model>` */
export async function train(folder: string, options: TrainOptions, context: CommandContext): Promise<void> {
  const { console, signal } = context;
  const out = resolve(options.out);
  const resume = options.resume === true;
  refuseFinished(out, options);
  const record = await recordOf(folder, out, options);
  const { types, settings } = record;
  const { cultures, notes } = await readCultures(folder, {
    signal,
    ...(types === undefined ? {} : { types }),
    onProgress: (done, total) => console.progress.update(`Reading pictures ${done}/${total}`),
  });
  for (const note of notes) console.note(note);
  for (const { type, images } of cultures) console.note(`${type}: ${images.length} pictures`);
  await writeAtomically(modelPaths(out).run, `${JSON.stringify(record, null, 2)}\n`);

  const methods = options.baseline === true ? (['cellmixer', 'baseline'] as const) : (['cellmixer'] as const);
  for (const method of methods) {
    const target = method === 'cellmixer' ? out : join(out, method);
    if (resume && existsSync(modelPaths(target).model)) {
      console.note(`${method} is finished already.`);
      continue;
    }
    const label = methods.length > 1 ? method : '';
    const tell = tellTraining(console.progress, label);
    const result = await trainIntoFolder({
      cultures,
      settings: { ...settings, method },
      folder: target,
      resume,
      signal,
      onEvent: (event) => {
        tell(event);
        if (event.kind !== 'samples') console.emit({ method, ...event });
      },
    });
    summarise(context, method, target, cultures, result);
  }
}

function summarise(
  { console }: CommandContext,
  method: string,
  folder: string,
  cultures: readonly Culture[],
  { validation, metadata }: TrainingResult,
): void {
  const { miou, foregroundIou, typeAccuracy } = validation;
  console.print(
    `${method}: learned ${cultures.map((culture) => culture.type).join(', ')} in ${metadata.run.steps} steps.`,
  );
  console.print(
    `On artificial mixtures of these pictures: mean IoU ${miou.toFixed(3)}, foreground IoU ` +
      `${foregroundIou.toFixed(3)}, type accuracy ${typeAccuracy.toFixed(3)}. Real mixtures are another matter.`,
  );
  console.print(`Model: ${modelPaths(folder).model}`);
  console.emit({ kind: 'done', method, folder, miou, foregroundIou, typeAccuracy });
}

function refuseFinished(out: string, { resume, force }: TrainOptions): void {
  const paths = modelPaths(out);
  if (resume === true || force === true) return;
  const found = [paths.model, paths.checkpoint].find((path) => existsSync(path));
  if (found === undefined) return;
  throw new CellMixerError('OUTPUT_EXISTS', `"${found}" is there already`, {
    subject: out,
    cure: 'Give another --out, go on with --resume, or start over with --force.',
  });
}

/** What `run.json` keeps, so that --resume needs no setting again. */
interface RunRecord {
  readonly cultures: string;
  readonly types?: readonly string[] | undefined;
  readonly settings: TrainingSettingsInput;
}

/** With --resume, what is not given on the command line is as it was. */
async function recordOf(folder: string, out: string, options: TrainOptions): Promise<RunRecord> {
  const given = { cultures: resolve(folder), types: options.types, settings: settingsFrom(options) };
  if (options.resume !== true || !existsSync(modelPaths(out).run)) return given;
  try {
    const before: RunRecord = JSON.parse(await readFile(modelPaths(out).run, 'utf8'));
    return {
      ...given,
      types: given.types ?? before.types,
      settings: { ...before.settings, ...given.settings },
    };
  } catch (cause) {
    throw new CellMixerError('CHECKPOINT_UNREADABLE', `"${modelPaths(out).run}" is not the record of a run`, {
      subject: out,
      cure: 'Give the settings of the run again after deleting the file, or start over with --force.',
      cause,
    });
  }
}

function settingsFrom({
  preset,
  steps,
  seed,
  modality,
  diameter,
  provider,
  lanes,
}: TrainOptions): TrainingSettingsInput {
  return {
    ...(preset === undefined ? {} : { preset }),
    ...(steps === undefined ? {} : { steps }),
    ...(seed === undefined ? {} : { seed }),
    ...(modality === undefined ? {} : { modality }),
    ...(diameter === undefined ? {} : { cellDiameterPx: diameter }),
    ...(provider === undefined ? {} : { provider }),
    ...(lanes === undefined ? {} : { lanes }),
  };
}
