import type { Predictions } from '@cellmixer/nn';
import type { ModelReference } from '../models/model-catalogue.ts';
import type { AskedOutput } from './decode-infer-request.ts';
import { bytesFromFloats } from './tensors.ts';

export interface EncodedResponse {
  /** Where the JSON ends; undefined where nothing follows it. */
  readonly headerLength: number | undefined;
  readonly parts: readonly Uint8Array[];
}

/** What of a request its response tells again. */
export interface Answered {
  readonly model: ModelReference;
  readonly id: string | undefined;
  readonly outputs: readonly AskedOutput[];
  readonly count: number;
  readonly height: number;
  readonly width: number;
}

/** An inference response with the outputs that were asked for, as JSON or as bytes behind it. */
export function encodeInferResponse(request: Answered, predictions: Predictions): EncodedResponse {
  const { model, id, count, height, width } = request;
  const tails: Uint8Array[] = [];
  const outputs = request.outputs.map(({ name, binary }) => {
    const values = predictions[name];
    const shape = [count, values.length / (count * height * width), height, width];
    if (!binary) return { name, datatype: 'FP32', shape, data: Array.from(values) };
    tails.push(bytesFromFloats(values));
    return { name, datatype: 'FP32', shape, parameters: { binary_data_size: values.byteLength } };
  });
  const text = JSON.stringify({
    model_name: model.name,
    model_version: model.version,
    ...(id === undefined ? {} : { id }),
    outputs,
  });
  if (tails.length === 0) return { headerLength: undefined, parts: [Buffer.from(text)] };
  const json = Buffer.from(text);
  // Blanks after JSON are JSON; with them the tensors start where floats can be read in place.
  const padding = Buffer.alloc((4 - (json.length % 4)) % 4, ' ');
  return { headerLength: json.length + padding.length, parts: [json, padding, ...tails] };
}
