import type { IncomingMessage } from 'node:http';
import { CellMixerError } from '@cellmixer/errors';
import type { Predictions } from '@cellmixer/nn';
import { readBody } from './http/read-body.ts';
import type { Reply } from './http/reply.ts';
import type { Route } from './http/routes.ts';
import { keyOf, type ModelCatalogue, type ModelReference } from './models/model-catalogue.ts';
import { checkPictures } from './protocol/check-pictures.ts';
import { decodeInferRequest } from './protocol/decode-infer-request.ts';
import { encodeInferResponse } from './protocol/encode-infer-response.ts';
import { requireFinite } from './protocol/tensors.ts';
import type { Admission } from './scheduling/admission.ts';
import type { Scheduler } from './scheduling/scheduler.ts';
import type { Limits } from './settings.ts';

export interface PredictionParts {
  readonly admission: Admission;
  readonly catalogue: ModelCatalogue;
  readonly scheduler: Scheduler;
  readonly limits: Limits;
}

/** Beside its pixels a request holds its JSON; as JSON a pixel takes up to this many bytes. */
const bytesPerPixel = 16;

/**
 * Answers an inference request: lets it in, reads it, opens its model, waits for its turn and encodes what came out.
 *
 * @param left tells that the client is gone
 * @throws whatever is wrong with the request, the model or the run
 */
export async function predict(
  parts: PredictionParts,
  request: IncomingMessage,
  route: Route,
  left: AbortSignal,
): Promise<Reply> {
  const { admission, limits } = parts;
  const place = admission.enter();
  try {
    const body = await readBody(request, place, limits.pixels * bytesPerPixel);
    return await predictBody(parts, route, body, headerLengthOf(request), left);
  } finally {
    place.leave();
  }
}

async function predictBody(
  { catalogue, scheduler, limits }: PredictionParts,
  route: Route,
  body: Buffer,
  headerLength: number | undefined,
  left: AbortSignal,
): Promise<Reply> {
  const { id, images, shape, outputs, timeoutMs } = decodeInferRequest(body, headerLength);
  const deadline = startDeadline(Math.min(limits.deadlineMs, timeoutMs ?? limits.deadlineMs), left);
  try {
    const model = await beforeAbort(openModel(catalogue, route), deadline.signal);
    const size = checkPictures(shape, model.shape, limits.pixels);
    requireFinite(images);
    const job = { images, ...size, signal: deadline.signal };
    const predictions = await scheduler.submit(keyOf(model.reference), job);
    const { headerLength: jsonLength, parts } = encodeInferResponse(
      { model: model.reference, id, outputs, ...size },
      predictions,
    );
    return {
      status: 200,
      headers:
        jsonLength === undefined
          ? { 'content-type': 'application/json' }
          : {
              'content-type': 'application/octet-stream',
              'inference-header-content-length': String(jsonLength),
            },
      parts,
      release: () => release(predictions),
    };
  } finally {
    deadline.end();
  }
}

/** Left to the garbage collector, the megabytes of every answer make it mark the heap again and again. */
function release({ foreground, types }: Predictions): void {
  for (const { buffer, byteLength } of [foreground, types]) {
    // What ran together shares a buffer, which the others may still need.
    if (buffer instanceof ArrayBuffer && byteLength === buffer.byteLength) buffer.transfer(0);
  }
}

async function openModel(catalogue: ModelCatalogue, { model, version }: Route) {
  const reference: ModelReference = await catalogue.find(model, version);
  return { reference, shape: await catalogue.shape(reference) };
}

function headerLengthOf(request: IncomingMessage): number | undefined {
  const text = request.headers['inference-header-content-length'];
  if (text === undefined) return undefined;
  if (typeof text === 'string' && /^\d{1,10}$/.test(text)) return Number(text);
  throw new CellMixerError(
    'INVALID_ARGUMENT',
    `Inference-Header-Content-Length is "${text}", which is no length`,
  );
}

/** A signal that is given when the time is over, or when the client left. */
function startDeadline(ms: number, left: AbortSignal): { readonly signal: AbortSignal; end(): void } {
  const controller = new AbortController();
  const onLeft = () => controller.abort(left.reason);
  if (left.aborted) onLeft();
  left.addEventListener('abort', onLeft, { once: true });
  const timer = setTimeout(() => {
    controller.abort(
      new CellMixerError('DEADLINE_EXCEEDED', `the prediction was not done within ${Math.round(ms)} ms`, {
        cure: 'Ask again later, or give it more time.',
      }),
    );
  }, ms);
  return {
    signal: controller.signal,
    end: () => {
      clearTimeout(timer);
      left.removeEventListener('abort', onLeft);
    },
  };
}

function beforeAbort<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason);
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
