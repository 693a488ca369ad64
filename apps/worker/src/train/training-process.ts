/**
 * A training in a process of its own, so that a crash or a lack of memory takes nothing else along. It knows no
 * database and no bucket: files come in, events and files go out.
 */
import { existsSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import {
  type Culture,
  type ForegroundParameters,
  halvesToldApart,
  judgeModel,
  openCellMixerModel,
  type TrainingEvent,
  type TrainingSettingsInput,
  trainCellMixer,
} from '@cellmixer/cellmixer';
import { CellMixerError } from '@cellmixer/errors';
import { readImageSource } from '@cellmixer/imaging';
import { type Contrast, contrastOf, type DrawnSample, drawSamples } from './draw-samples.ts';

export interface OrderedCulture {
  readonly type: string;
  readonly images: readonly {
    readonly file: string;
    readonly name: string;
    readonly sample: string | null;
    /** As somebody has looked at it; null: as the run finds it. */
    readonly foreground: ForegroundParameters | null;
  }[];
}

/** What the parent sends first. */
export interface TrainingOrder {
  readonly cultures: readonly OrderedCulture[];
  /** What the model is judged on; the training pictures where there is nothing else. */
  readonly heldOut: readonly OrderedCulture[] | null;
  /** Whether the cultures are two halves of one line, and all that is wanted is how well they are told apart. */
  readonly isNullSplit: boolean;
  /** Overlay colours of the classes. */
  readonly colours: readonly string[];
  readonly settings: TrainingSettingsInput;
  /** Read at the start where it is there, written every hundred steps. */
  readonly checkpoint: string;
  /** Where the model is written at the end. */
  readonly model: string;
}

/** What the process sends back. */
export type TrainingMessage =
  | { readonly kind: 'event'; readonly event: SentEvent }
  | { readonly kind: 'checkpoint'; readonly step: number }
  | {
      readonly kind: 'pictures';
      readonly step: number;
      readonly predicted: boolean;
      readonly samples: readonly DrawnSample[];
    }
  | {
      readonly kind: 'done';
      readonly metadata: unknown;
      readonly validation: unknown;
      readonly judgement: unknown;
      /** Why there is no judgement. */
      readonly judgementProblem: string | null;
      /** Of a null split: balanced accuracy of telling the halves apart. */
      readonly toldApart: number | null;
    }
  | {
      readonly kind: 'failed';
      readonly code: string | null;
      readonly message: string;
      readonly cure: string | null;
    };

/** Events without the pictures of `samples`. */
export type SentEvent = Exclude<TrainingEvent, { kind: 'samples' }>;

const stopping = new AbortController();
const send = (message: TrainingMessage) => process.send?.(message);

process.once('disconnect', () => process.exit(1));
process.on('SIGTERM', () => stopping.abort());
process.once('message', (order: TrainingOrder) => {
  train(order).then(
    () => process.disconnect?.(),
    (error: unknown) => {
      const known = error instanceof CellMixerError ? error : null;
      const message = error instanceof Error ? error.message : String(error);
      send({ kind: 'failed', code: known?.code ?? null, message, cure: known?.cure ?? null });
      process.disconnect?.();
    },
  );
});

async function train(order: TrainingOrder): Promise<void> {
  const cultures = await openCultures(order.cultures);
  const run = trainCellMixer({
    cultures,
    settings: order.settings,
    signal: stopping.signal,
    checkpoint: {
      load: async () => (existsSync(order.checkpoint) ? readFile(order.checkpoint) : null),
      save: async (bytes) => {
        await writeFile(`${order.checkpoint}.new`, bytes);
        await rename(`${order.checkpoint}.new`, order.checkpoint);
      },
    },
  });
  const show = shower(order);
  for (;;) {
    const next = await run.next();
    if (next.done === true) {
      const { model, metadata, validation } = next.value;
      await writeFile(order.model, model);
      const judged = order.isNullSplit ? await tellApart(order, model) : await judge(order, cultures, model);
      send({ kind: 'done', metadata, validation, ...judged });
      return;
    }
    const event = next.value;
    if (event.kind === 'samples') await show(event);
    else if (event.kind === 'checkpoint' && !event.resumed) send({ kind: 'checkpoint', step: event.step });
    else send({ kind: 'event', event });
  }
}

function openCultures(ordered: readonly OrderedCulture[]): Promise<Culture[]> {
  return Promise.all(
    ordered.map(async ({ type, images }) => ({
      type,
      images: await Promise.all(
        images.map(async ({ file, name, sample, foreground }) => ({
          ...(await readImageSource(file, sample === null ? {} : { sample })),
          name,
          ...(foreground === null ? {} : { foreground }),
        })),
      ),
    })),
  );
}

/** Sends samples as pictures: the first, the last, and about twenty between them, however often one looks. */
function shower({ colours, settings }: TrainingOrder) {
  let contrast: Contrast | null = null;
  const shown = new Map<boolean, number>();
  const pause = (settings.steps ?? 0) / 20;
  return async (event: Extract<TrainingEvent, { kind: 'samples' }>) => {
    const predicted = event.found !== null;
    const last = shown.get(predicted);
    if (last !== undefined && event.step < (settings.steps ?? 0) && event.step - last < pause) return;
    shown.set(predicted, event.step);
    contrast ??= contrastOf(event);
    const samples = await drawSamples(event, colours, contrast);
    send({ kind: 'pictures', step: event.step, predicted, samples });
  };
}

/** A model that cannot be judged is a model all the same: its card says why. */
async function judge({ heldOut }: TrainingOrder, cultures: readonly Culture[], bytes: Uint8Array) {
  const model = await openCellMixerModel(bytes);
  try {
    const pictures = heldOut === null ? cultures : await openCultures(heldOut);
    const options = { heldOut: heldOut !== null, signal: stopping.signal };
    return { judgement: await judgeModel(model, pictures, options), judgementProblem: null, toldApart: null };
  } catch (error) {
    if (!(error instanceof CellMixerError) || error.code === 'CANCELLED') throw error;
    return { judgement: null, judgementProblem: error.message, toldApart: null };
  } finally {
    await model.close();
  }
}

/** @throws where it cannot be told: a null split has no other result */
async function tellApart({ heldOut }: TrainingOrder, bytes: Uint8Array) {
  const [first, second] = await openCultures(heldOut ?? []);
  if (first === undefined || second === undefined)
    throw new Error('a null split needs pictures of both halves');
  const model = await openCellMixerModel(bytes);
  try {
    const toldApart = await halvesToldApart(model, [first, second], stopping.signal);
    return { judgement: null, judgementProblem: null, toldApart };
  } finally {
    await model.close();
  }
}
