import { CellMixerError } from '@cellmixer/errors';
import { type InferMessage, parseInferMessage } from './infer-schema.ts';
import { floatsFromBytes, floatsFromJson, inputName, type OutputName, outputNames } from './tensors.ts';

/** An output that is asked for. */
export interface AskedOutput {
  readonly name: OutputName;
  readonly binary: boolean;
}

export interface InferRequest {
  readonly id: string | undefined;
  /** As many values as the shape says. */
  readonly images: Float32Array;
  readonly shape: readonly number[];
  readonly outputs: readonly AskedOutput[];
  /** The caller's own deadline. */
  readonly timeoutMs: number | undefined;
}

/**
 * Reads an inference request, with tensors as JSON or as bytes behind it.
 *
 * @param headerLength value of Inference-Header-Content-Length: where the JSON ends; undefined for JSON alone
 * @throws INVALID_ARGUMENT
 */
export function decodeInferRequest(body: Uint8Array, headerLength: number | undefined): InferRequest {
  const jsonLength = headerLength ?? body.length;
  if (jsonLength > body.length)
    throw wrong(`Inference-Header-Content-Length is ${jsonLength}, but the body has ${body.length} bytes`);
  const message = parseInferMessage(body.subarray(0, jsonLength));
  const [input, ...others] = message.inputs;
  if (input === undefined || others.length > 0 || input.name !== inputName)
    throw wrong(
      `the inputs are ${message.inputs.map(({ name }) => `"${name}"`).join(', ')}; "${inputName}" alone is wanted`,
    );
  if (input.datatype !== 'FP32') throw wrong(`"${inputName}" is ${input.datatype}; FP32 is wanted`);
  return {
    id: message.id,
    images: readImages(input, body.subarray(jsonLength)),
    shape: input.shape,
    outputs: readOutputs(message),
    timeoutMs: message.parameters?.timeout ? message.parameters.timeout / 1000 : undefined,
  };
}

function readImages(input: InferMessage['inputs'][number], bytes: Uint8Array): Float32Array {
  const count = input.shape.reduce((product, side) => product * side, 1);
  const size = input.parameters?.binary_data_size;
  if (size === undefined) {
    if (bytes.length > 0) throw wrong(`${bytes.length} bytes follow the JSON that belong to no tensor`);
    // Before anything is allocated by a shape that somebody made up: a number takes two bytes of JSON at least.
    if (!Array.isArray(input.data)) throw wrong(`"${inputName}" has neither data nor binary_data_size`);
    if (count > 2 ** 31) throw wrong(`the shape [${input.shape}] of "${inputName}" is beyond all data`);
    return floatsFromJson(input.data, count);
  }
  if (size !== bytes.length)
    throw wrong(`binary_data_size of "${inputName}" is ${size}, but ${bytes.length} bytes follow the JSON`);
  if (size !== count * 4)
    throw wrong(`"${inputName}" [${input.shape}] takes ${count * 4} bytes as FP32, not ${size}`);
  return floatsFromBytes(bytes);
}

function readOutputs({ outputs, parameters }: InferMessage): AskedOutput[] {
  const binary = parameters?.binary_data_output ?? false;
  if (outputs === undefined || outputs.length === 0) return outputNames.map((name) => ({ name, binary }));
  return outputs.map(({ name, parameters: own = {} }) => {
    const known = outputNames.find((one) => one === name);
    if (known === undefined) throw wrong(`there is no output "${name}", only ${outputNames.join(', ')}`);
    for (const extension of ['classification', 'shared_memory_region'])
      if (extension in own)
        throw wrong(`the output "${name}" asks for "${extension}", which this server does not do`);
    return { name: known, binary: own.binary_data ?? binary };
  });
}

function wrong(words: string): CellMixerError {
  return new CellMixerError('INVALID_ARGUMENT', words);
}
