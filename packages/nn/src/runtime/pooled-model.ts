import { CellMixerError } from '@cellmixer/errors';
import type { Model, Predictions } from '../contracts.ts';
import type { InferenceMetadata } from '../graphs/inference/read-metadata.ts';
import type { PooledGraph } from './lane-pool.ts';
import type { ActualProvider } from './session.ts';
import { sharedFloats } from './shared-batch.ts';
import type { StartedLanes } from './start-lanes.ts';

/**
 * Opens a network that predicts in whichever lane is free.
 *
 * @param close what closing it means; by default its sessions end and the lanes stay
 * @throws MODEL_UNREADABLE, CANCELLED where the lanes are closed
 */
export async function openPooledModel(
  { pool, settings }: StartedLanes,
  bytes: Uint8Array,
  description: InferenceMetadata,
  close?: () => Promise<void>,
): Promise<Model> {
  try {
    const graph = await pool.open(bytes, settings);
    return new PooledModel(description, settings.provider, graph, close ?? (() => graph.close()));
  } catch (cause) {
    if (cause instanceof CellMixerError && cause.code === 'CANCELLED') throw cause;
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
  readonly #graph: PooledGraph;
  readonly #close: () => Promise<void>;

  constructor(
    description: InferenceMetadata,
    provider: ActualProvider,
    graph: PooledGraph,
    close: () => Promise<void>,
  ) {
    this.inputChannels = description.inputChannels;
    this.types = description.types;
    this.multiple = description.multiple;
    this.metadata = description.metadata;
    this.provider = provider;
    this.#graph = graph;
    this.#close = close;
  }

  async predict(images: Float32Array, count: number, height: number, width: number): Promise<Predictions> {
    this.#check(images, count, height, width);
    const dims = [count, this.inputChannels, height, width];
    const { foreground, types } = await this.#graph.run({
      feeds: { images: { data: shared(images), dims } },
      fetch: ['foreground', 'types'],
    });
    if (foreground === undefined || types === undefined)
      throw new CellMixerError('RUNTIME_FAILED', 'The network gave no prediction.');
    return { foreground: foreground.data, types: types.data };
  }

  close(): Promise<void> {
    return this.#close();
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

/** A plain array would take its whole buffer with it to the other thread, even where it is a view of a part. */
function shared(values: Float32Array): Float32Array {
  if (values.buffer instanceof SharedArrayBuffer) return values;
  const copy = sharedFloats(values.length);
  copy.set(values);
  return copy;
}
