import { fromBinary } from '@bufbuild/protobuf';
import { CellMixerError } from '@cellmixer/errors';
import { type ModelProto, ModelProtoSchema, type ValueInfoProto } from '../onnx/onnx_pb.ts';

/** What an ONNX file of ours says about itself. */
export interface InferenceMetadata {
  readonly inputChannels: number;
  readonly types: number;
  /** Sides of pictures must be multiples of this. */
  readonly multiple: number;
  /** The free pairs that were given when it was written. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** The one pair that is not free: by it a file is known as ours. */
export const multipleKey = 'cellmixer.multiple';

/** Reads what `buildInferenceGraph` wrote. Throws MODEL_UNREADABLE for anything else. */
export function readInferenceMetadata(bytes: Uint8Array): InferenceMetadata {
  const model = parse(bytes);
  const pairs = new Map(model.metadataProps.map(({ key, value }) => [key, value]));
  const multiple = Number(pairs.get(multipleKey));
  if (!Number.isInteger(multiple) || multiple < 1) throw unreadable('it does not name its picture multiple');
  pairs.delete(multipleKey);
  return {
    inputChannels: channels(model.graph?.input, 'images'),
    types: channels(model.graph?.output, 'types'),
    multiple,
    metadata: Object.fromEntries(pairs),
  };
}

function parse(bytes: Uint8Array): ModelProto {
  try {
    return fromBinary(ModelProtoSchema, bytes);
  } catch (cause) {
    throw unreadable('it is no ONNX file, or is cut off', cause);
  }
}

function channels(values: readonly ValueInfoProto[] | undefined, name: string): number {
  const type = values?.find((value) => value.name === name)?.type?.value;
  const dimension = type?.case === 'tensorType' ? type.value.shape?.dim[1]?.value : undefined;
  if (dimension?.case !== 'dimValue') throw unreadable(`it has no "${name}" with a known number of channels`);
  return Number(dimension.value);
}

function unreadable(why: string, cause?: unknown): CellMixerError {
  return new CellMixerError('MODEL_UNREADABLE', `This is not a CellMixer network: ${why}.`, {
    cure: 'Take a model that CellMixer exported.',
    cause,
  });
}
