import { availableParallelism } from 'node:os';
import { CellMixerError } from '@cellmixer/errors';
import type { Model, Predictions, Provider } from '../contracts.ts';
import { type InferenceMetadata, readInferenceMetadata } from '../graphs/inference/read-metadata.ts';
import { LocalSessions } from './local-sessions.ts';
import { chooseProvider } from './providers.ts';
import type { ActualProvider, SessionSettings } from './session.ts';
import { SessionPool } from './session-pool.ts';
import { type SessionOpener, SessionThread } from './session-thread.ts';
import { sharedFloats } from './shared-batch.ts';

export interface ModelOptions {
  /** `auto` by default. */
  readonly provider?: Provider;
  /** Cores to use; all by default. */
  readonly threads?: number;
  /** Worker threads that predict side by side; as many as `threads`, but at most four, on the CPU by default. */
  readonly lanes?: number;
  /** Whether to predict in worker threads (the default) or in the calling thread, which then stands still meanwhile. */
  readonly worker?: boolean;
}

/** Each lane holds the weights and the features of a picture of its own; more lanes than this take much memory. */
const defaultLanes = 4;

/**
 * Makes an exported network ready to predict. Predictions that are asked for at the same time run side by side, each
 * on one core, which is faster for many tiles than all cores on one tile.
 *
 * @param bytes an ONNX file that `buildInferenceGraph` wrote
 * @throws MODEL_UNREADABLE for a damaged file or a network of something else; PROVIDER_UNAVAILABLE
 */
export async function openModel(bytes: Uint8Array, options: ModelOptions = {}): Promise<Model> {
  const description = readInferenceMetadata(bytes);
  const { provider } = await chooseProvider(options.provider);
  const threads = options.threads ?? availableParallelism();
  const lanes =
    options.worker === false || provider !== 'cpu' ? 1 : (options.lanes ?? Math.min(threads, defaultLanes));
  const openers = Array.from({ length: lanes }, () =>
    options.worker === false ? new LocalSessions() : new SessionThread(),
  );
  const settings = { provider, threads: Math.max(1, Math.floor(threads / lanes)) };
  const pool = await openPool(openers, bytes, settings);
  return new PooledModel(description, provider, pool);
}

async function openPool(openers: readonly SessionOpener[], bytes: Uint8Array, settings: SessionSettings) {
  try {
    return await SessionPool.open(openers, bytes, settings);
  } catch (cause) {
    const words = cause instanceof Error ? cause.message : String(cause);
    throw new CellMixerError('MODEL_UNREADABLE', `The model cannot be opened: ${words}`, {
      cure: 'Export the model again, or take another copy of the file.',
      cause,
    });
  }
}

class PooledModel implements Model {
  readonly inputChannels: number;
  readonly types: number;
  readonly multiple: number;
  readonly metadata: Readonly<Record<string, string>>;
  readonly provider: ActualProvider;
  readonly #pool: SessionPool;

  constructor(description: InferenceMetadata, provider: ActualProvider, pool: SessionPool) {
    this.inputChannels = description.inputChannels;
    this.types = description.types;
    this.multiple = description.multiple;
    this.metadata = description.metadata;
    this.provider = provider;
    this.#pool = pool;
  }

  async predict(images: Float32Array, count: number, height: number, width: number): Promise<Predictions> {
    this.#check(images, count, height, width);
    const dims = [count, this.inputChannels, height, width];
    // A plain array would take its whole buffer with it to the other thread, even where it is a view of a part.
    const data = sharedFloats(images.length);
    data.set(images);
    const { foreground, types } = await this.#pool.run({
      feeds: { images: { data, dims } },
      fetch: ['foreground', 'types'],
    });
    if (foreground === undefined || types === undefined)
      throw new CellMixerError('RUNTIME_FAILED', 'The network gave no prediction.');
    return { foreground: foreground.data, types: types.data };
  }

  close(): Promise<void> {
    return this.#pool.close();
  }

  #check(images: Float32Array, count: number, height: number, width: number): void {
    const sides = [height, width];
    if (sides.some((side) => !Number.isInteger(side) || side < 1 || side % this.multiple !== 0))
      throw new CellMixerError(
        'INVALID_ARGUMENT',
        `A picture of ${width}×${height} cannot be predicted; both sides must be multiples of ${this.multiple}.`,
        { cure: 'Pad the picture.' },
      );
    const expected = count * this.inputChannels * height * width;
    if (!Number.isInteger(count) || count < 1 || images.length !== expected)
      throw new CellMixerError(
        'INVALID_ARGUMENT',
        `${count} pictures of ${this.inputChannels}×${height}×${width} have ${expected} values, not ${images.length}.`,
      );
  }
}
