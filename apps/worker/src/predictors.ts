import { setMaxListeners } from 'node:events';
import type { Predictor } from '@cellmixer/cellmixer';
import { createInferencePredictor, type InferencePredictor } from '@cellmixer/inference-client';

/** A network on the model server, by its version; `signal` ends whatever is asked of it. */
export type Predictors = (
  model: { readonly modelId: string; readonly number: number },
  signal: AbortSignal,
) => Promise<Predictor>;

/**
 * Asks the model server once for what each version is; versions never change. A server that is busy (429, 503 with
 * `Retry-After`) or away is waited for; when that takes long, the job goes back to the queue and is tried again.
 */
export function openPredictors(server: {
  readonly url: string;
  readonly token: string | undefined;
}): Predictors {
  const known = new Map<string, Promise<InferencePredictor>>();
  return async ({ modelId, number }, signal) => {
    const version = String(number);
    const name = `${modelId}/${version}`;
    let asked = known.get(name);
    if (asked === undefined) {
      asked = createInferencePredictor({ ...server, model: modelId, version });
      known.set(name, asked);
      // What failed once may be there the next time.
      asked.catch(() => known.delete(name));
    }
    const predictor = await unlessAborted(asked, signal);
    const { inputChannels, types, multiple } = predictor;
    // Every tile that is under way listens.
    setMaxListeners(0, signal);
    return {
      inputChannels,
      types,
      multiple,
      predict: (images, count, height, width) => predictor.predict(images, count, height, width, signal),
    };
  };
}

function unlessAborted<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
