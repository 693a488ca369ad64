import { CellMixerError } from '@cellmixer/errors';
import { z } from 'zod';
import { parseJson } from './json-body.ts';

/** Says where in a body with binary tensors the JSON ends. */
export const headerLengthName = 'inference-header-content-length';

const littleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** A body in parts: JSON, then the tensors' bytes. */
export interface InferRequestBody {
  readonly parts: readonly Uint8Array[];
  readonly headerLength: number;
}

/**
 * An inference request for `images` [shape] that asks for both outputs as binary tensors. The pictures are not copied
 * (unless they are shared between threads): they must stay as they are until the request is answered.
 */
export function encodeInferRequest(images: Float32Array, shape: readonly number[]): InferRequestBody {
  const header = JSON.stringify({
    parameters: { binary_data_output: true },
    inputs: [
      { name: 'images', shape, datatype: 'FP32', parameters: { binary_data_size: images.byteLength } },
    ],
    outputs: [{ name: 'foreground' }, { name: 'types' }],
  });
  // Blanks after JSON are JSON; with them the tensor starts where floats can be read in place.
  const json = new TextEncoder().encode(header.padEnd(Math.ceil(header.length / 4) * 4));
  const bytes = new Uint8Array(images.buffer, images.byteOffset, images.byteLength);
  // Sockets take no memory that threads share.
  const copied = !littleEndian || images.buffer instanceof SharedArrayBuffer;
  const tensor = copied ? new Uint8Array(bytes) : bytes;
  if (!littleEndian) swapBytes(tensor);
  return { parts: [json, tensor], headerLength: json.length };
}

/** A body of the protocol's binary tensor extension. */
export interface InferResponseBody {
  readonly body: Uint8Array<ArrayBuffer>;
  /** Where the JSON ends. */
  readonly headerLength: number;
}

const responseSchema = z.object({
  outputs: z.array(
    z.object({
      name: z.string(),
      datatype: z.string(),
      shape: z.array(z.int()),
      parameters: z.object({ binary_data_size: z.int().min(0) }),
    }),
  ),
});

/**
 * The outputs of a response by their names, each with as many values as its shape says.
 *
 * @throws SERVICE_UNAVAILABLE where the answer is not one of the protocol
 */
export function decodeInferResponse({ body, headerLength }: InferResponseBody): Map<string, Float32Array> {
  const header = responseSchema.safeParse(parseJson(body.subarray(0, headerLength)));
  if (!header.success) throw strange(z.prettifyError(header.error));
  const outputs = new Map<string, Float32Array>();
  let offset = headerLength;
  for (const { name, datatype, shape, parameters } of header.data.outputs) {
    const size = parameters.binary_data_size;
    const values = shape.reduce((product, side) => product * side, 1);
    if (datatype !== 'FP32' || size !== values * 4 || offset + size > body.length)
      throw strange(`"${name}" is ${datatype} [${shape}] in ${size} of ${body.length} bytes`);
    outputs.set(name, readFloats(body, offset, values));
    offset += size;
  }
  return outputs;
}

/** A view where that can be had, else a copy. */
function readFloats(body: Uint8Array<ArrayBuffer>, offset: number, count: number): Float32Array {
  const start = body.byteOffset + offset;
  if (littleEndian && start % 4 === 0) return new Float32Array(body.buffer, start, count);
  const copy = body.slice(offset, offset + count * 4);
  if (!littleEndian) swapBytes(copy);
  return new Float32Array(copy.buffer);
}

function swapBytes(bytes: Uint8Array): void {
  for (let i = 0; i < bytes.length; i += 4) bytes.subarray(i, i + 4).reverse();
}

function strange(why: string): CellMixerError {
  return new CellMixerError('SERVICE_UNAVAILABLE', `the model server's answer cannot be understood: ${why}`, {
    cure: 'Look whether INFERENCE_URL is the address of a server of the Open Inference Protocol.',
  });
}
