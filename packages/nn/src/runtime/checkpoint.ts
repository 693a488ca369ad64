import { createHash } from 'node:crypto';
import { CellMixerError } from '@cellmixer/errors';
import type { NetworkLayout, ParameterTensor, TrainerState, UNetOptions } from '../contracts.ts';
import { networkLayout } from '../graphs/network/network-layout.ts';
import type { Fingerprint } from './fingerprint.ts';
import { decodeSafetensors, encodeSafetensors, type NamedTensor } from './safetensors.ts';
import type { Schedule } from './schedule.ts';

/** What a training needs to go on besides its {@link TrainerState}. Everything here is plain JSON. */
export interface CheckpointMetadata {
  readonly network: UNetOptions;
  readonly seed: number;
  readonly schedule: Schedule;
  /** Counts the refinements of the masks; samples depend on it. */
  readonly maskGeneration: number;
  readonly fingerprint: Fingerprint;
  /** Whatever else the caller wants to find again. */
  readonly notes?: Readonly<Record<string, string>>;
}

export interface Checkpoint {
  readonly state: TrainerState;
  readonly metadata: CheckpointMetadata;
}

const format = 'cellmixer-checkpoint';
const version = '1';
const vectorNames = ['parameters', 'first', 'second', 'average'] as const;

/**
 * Writes a training as one safetensors file: a tensor per parameter, moment and average, named
 * `parameters/enc.0.0.conv.weight` and so on in PyTorch's shapes, and the rest as metadata.
 *
 * @throws INVALID_ARGUMENT where the state is not that of `metadata.network`
 */
export function encodeCheckpoint(state: TrainerState, metadata: CheckpointMetadata): Uint8Array<ArrayBuffer> {
  const layout = networkLayout(metadata.network);
  const tensors = vectorNames.flatMap((vector) => {
    if (state[vector].length !== layout.parameterCount)
      throw new CellMixerError(
        'INVALID_ARGUMENT',
        `"${vector}" has ${state[vector].length} values, the network has ${layout.parameterCount} parameters.`,
      );
    return layout.parameters.map((parameter) => tensorOf(vector, parameter, state[vector]));
  });
  return encodeSafetensors({
    tensors,
    metadata: {
      format,
      version,
      step: String(state.step),
      training: JSON.stringify(metadata),
      sha256: digest(tensors),
    },
  });
}

/**
 * Reads what {@link encodeCheckpoint} wrote.
 *
 * @throws CHECKPOINT_UNREADABLE that names what is wrong: damaged, foreign, of another version
 */
export function decodeCheckpoint(bytes: Uint8Array): Checkpoint {
  const { tensors, metadata } = decodeSafetensors(bytes);
  if (metadata.format !== format) fail('it is a safetensors file of something else');
  if (metadata.version !== version)
    fail(`it is of version ${metadata.version}, this program reads ${version}`);
  if (metadata.sha256 !== digest(tensors)) fail('its values do not match their checksum');
  const training = parseTraining(metadata.training);
  const step = Number(metadata.step);
  if (!Number.isSafeInteger(step) || step < 0) fail(`its step is "${metadata.step}"`);

  const layout = layoutOf(training.network);
  const byName = new Map(tensors.map((tensor) => [tensor.name, tensor]));
  if (tensors.length !== vectorNames.length * layout.parameters.length)
    fail(`it holds ${tensors.length} tensors, not ${vectorNames.length * layout.parameters.length}`);
  const collect = (vector: string): Float32Array => {
    const values = new Float32Array(layout.parameterCount);
    for (const { name, offset, shape } of layout.parameters) {
      const tensor = byName.get(`${vector}/${name}`) ?? fail(`the tensor "${vector}/${name}" is missing`);
      if (tensor.shape.join() !== shape.join())
        fail(
          `"${tensor.name}" is of shape [${tensor.shape.join(', ')}], the network asks for [${shape.join(', ')}]`,
        );
      values.set(tensor.data, offset);
    }
    return values;
  };
  const state = {
    step,
    parameters: collect('parameters'),
    first: collect('first'),
    second: collect('second'),
    average: collect('average'),
  };
  return { state, metadata: training };
}

function layoutOf(network: UNetOptions): NetworkLayout {
  try {
    return networkLayout(network);
  } catch (cause) {
    return fail('its network cannot be built', cause);
  }
}

function tensorOf(vector: string, { name, shape, offset, size }: ParameterTensor, values: Float32Array) {
  return { name: `${vector}/${name}`, shape, data: values.subarray(offset, offset + size) };
}

/** SHA-256 of the values in file order: a flipped bit in a weight breaks no format, but must not be trained on. */
function digest(tensors: readonly NamedTensor[]): string {
  const hash = createHash('sha256');
  for (const { data } of tensors) hash.update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  return hash.digest('hex');
}

function parseTraining(text: string | undefined): CheckpointMetadata {
  let value: unknown;
  try {
    value = JSON.parse(text ?? '');
  } catch (cause) {
    fail('its description of the training is not JSON', cause);
  }
  if (!isCheckpointMetadata(value)) fail('its description of the training is incomplete');
  return value;
}

function isCheckpointMetadata(value: unknown): value is CheckpointMetadata {
  return (
    isRecord(value) &&
    isRecord(value.network) &&
    isRecord(value.schedule) &&
    isRecord(value.fingerprint) &&
    typeof value.seed === 'number' &&
    typeof value.maskGeneration === 'number' &&
    (value.notes === undefined || isRecord(value.notes))
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function fail(what: string, cause?: unknown): never {
  throw new CellMixerError('CHECKPOINT_UNREADABLE', `The checkpoint cannot be read: ${what}.`, {
    cure: 'Go on from another checkpoint, or start the training anew.',
    ...(cause === undefined ? {} : { cause }),
  });
}
