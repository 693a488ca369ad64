import { CellMixerError } from '@cellmixer/errors';
import type { TrainingBatch } from '../contracts.ts';
import type { TensorValue } from './session.ts';

/** Shape of the batches that a trainer takes. */
export interface BatchShape {
  readonly count: number;
  /** Images of a group, a divisor of `count`. */
  readonly group: number;
  readonly inputChannels: number;
  readonly types: number;
  readonly height: number;
  readonly width: number;
}

const planes = ['images', 'foreground', 'types', 'weight'] as const;
type PlaneName = (typeof planes)[number];

/** Floats that every thread of this process sees. */
export function sharedFloats(count: number): Float32Array<SharedArrayBuffer> {
  return new Float32Array(new SharedArrayBuffer(count * Float32Array.BYTES_PER_ELEMENT));
}

/** A batch in memory that all lanes see, cut into groups. */
export class SharedBatch {
  readonly groups: number;
  readonly #shape: BatchShape;
  readonly #data: Readonly<Record<PlaneName, Float32Array>>;

  constructor(shape: BatchShape) {
    this.#shape = shape;
    this.groups = shape.count / shape.group;
    this.#data = {
      images: sharedFloats(this.#size('images')),
      foreground: sharedFloats(this.#size('foreground')),
      types: sharedFloats(this.#size('types')),
      weight: sharedFloats(this.#size('weight')),
    };
  }

  /** Copies a batch in. @throws INVALID_ARGUMENT where it has another shape */
  load(batch: TrainingBatch): void {
    const { count, height, width } = this.#shape;
    if (batch.count !== count || batch.height !== height || batch.width !== width)
      throw new CellMixerError(
        'INVALID_ARGUMENT',
        `The batch has ${batch.count} images of ${batch.width}×${batch.height}; this trainer was made for ${count} of ${width}×${height}.`,
        { cure: 'Give batches of that shape, or create another trainer.' },
      );
    for (const name of planes) {
      if (batch[name].length !== this.#size(name))
        throw new CellMixerError(
          'INVALID_ARGUMENT',
          `"${name}" of the batch has ${batch[name].length} values, ${this.#size(name)} are needed.`,
        );
    }
    for (const name of planes) this.#data[name].set(batch[name]);
  }

  /** The inputs of the gradient graph for one group, as views. */
  group(index: number): Readonly<Record<PlaneName, TensorValue>> {
    return {
      images: this.#view('images', index),
      foreground: this.#view('foreground', index),
      types: this.#view('types', index),
      weight: this.#view('weight', index),
    };
  }

  #view(name: PlaneName, index: number): TensorValue {
    const { group, height, width } = this.#shape;
    const size = this.#size(name) / this.groups;
    return {
      data: this.#data[name].subarray(index * size, (index + 1) * size),
      dims: [group, this.#channels(name), height, width],
    };
  }

  #size(name: PlaneName): number {
    const { count, height, width } = this.#shape;
    return count * this.#channels(name) * height * width;
  }

  #channels(name: PlaneName): number {
    return name === 'images' ? this.#shape.inputChannels : name === 'types' ? this.#shape.types : 1;
  }
}
