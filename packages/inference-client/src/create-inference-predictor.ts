import type { Predictor } from '@cellmixer/cellmixer';
import { CellMixerError } from '@cellmixer/errors';
import { decodeInferResponse, encodeInferRequest, headerLengthName } from './infer-message.ts';
import { type ConnectionOptions, ModelConnection } from './model-connection.ts';
import { readModelDescription } from './model-description.ts';

export type InferencePredictorOptions = ConnectionOptions;

/** A network on a model server. */
export interface InferencePredictor extends Predictor {
  /** As everywhere; `signal` ends this one prediction. */
  predict(
    images: Float32Array,
    count: number,
    height: number,
    width: number,
    signal?: AbortSignal,
  ): ReturnType<Predictor['predict']>;
}

/**
 * Makes a predictor of a model on a server that speaks the Open Inference Protocol, ours or another. Asks it for the
 * model's metadata first, so that a wrong address, token or name is found at once.
 *
 * @throws MODEL_NOT_FOUND, MODEL_UNREADABLE, NOT_AUTHENTICATED, SERVICE_BUSY, SERVICE_UNAVAILABLE, CANCELLED; later,
 * from `predict`, INVALID_ARGUMENT, REQUEST_TOO_LARGE, DEADLINE_EXCEEDED and RUNTIME_FAILED too
 */
export async function createInferencePredictor(
  options: InferencePredictorOptions,
): Promise<InferencePredictor> {
  const connection = new ModelConnection(options);
  const { body } = await connection.ask({ method: 'GET', path: '' });
  const description = readModelDescription(options.model, body);
  return {
    ...description,
    predict: (images, count, height, width, signal) =>
      predict(connection, images, [count, description.inputChannels, height, width], signal),
  };
}

async function predict(
  connection: ModelConnection,
  images: Float32Array,
  shape: readonly number[],
  signal: AbortSignal | undefined,
): ReturnType<Predictor['predict']> {
  const message = encodeInferRequest(images, shape);
  const { headers, body } = await connection.ask({
    method: 'POST',
    path: '/infer',
    headers: {
      'content-type': 'application/octet-stream',
      [headerLengthName]: String(message.headerLength),
    },
    body: message.parts,
    signal,
  });
  const headerLength = Number(headers[headerLengthName] ?? body.length);
  const outputs = decodeInferResponse({ body, headerLength });
  const [foreground, types] = [outputs.get('foreground'), outputs.get('types')];
  if (foreground === undefined || types === undefined)
    throw new CellMixerError('RUNTIME_FAILED', 'the model server left an output out');
  return { foreground, types };
}
