/**
 * A training in a process of its own, so that a crash or a lack of memory takes nothing else along. It knows no
 * database and no bucket: files come in, events and files go out.
 */
import { existsSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import {
  type ForegroundParameters,
  type TrainingEvent,
  type TrainingSettingsInput,
  trainCellMixer,
} from '@cellmixer/cellmixer';
import { CellMixerError } from '@cellmixer/errors';
import { readImageSource } from '@cellmixer/imaging';

/** What the parent sends first. */
export interface TrainingOrder {
  readonly cultures: readonly {
    readonly type: string;
    readonly images: readonly {
      readonly file: string;
      readonly name: string;
      readonly sample: string | null;
      /** As somebody has looked at it; null: as the run finds it. */
      readonly foreground: ForegroundParameters | null;
    }[];
  }[];
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
  | { readonly kind: 'done'; readonly metadata: unknown; readonly validation: unknown }
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
  const cultures = await Promise.all(
    order.cultures.map(async ({ type, images }) => ({
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
  for (;;) {
    const next = await run.next();
    if (next.done === true) {
      await writeFile(order.model, next.value.model);
      send({ kind: 'done', metadata: next.value.metadata, validation: next.value.validation });
      return;
    }
    const event = next.value;
    if (event.kind === 'checkpoint' && !event.resumed) send({ kind: 'checkpoint', step: event.step });
    else if (event.kind !== 'samples') send({ kind: 'event', event });
  }
}
