import { availableParallelism } from 'node:os';
import type { Model } from '../contracts.ts';
import { readInferenceMetadata } from '../graphs/inference/read-metadata.ts';
import { openPooledModel } from './pooled-model.ts';
import { type LaneOptions, startLanes } from './start-lanes.ts';

/** `lanes` is four at most by default. */
export type ModelOptions = LaneOptions;

/** Each lane holds the weights and the features of a picture of its own; more lanes than this take much memory. */
const defaultLanes = 4;

/**
 * Makes an exported network ready to predict, in threads of its own. Predictions that are asked for at the same time
 * run side by side, each on one core, which is faster for many tiles than all cores on one tile.
 *
 * @param bytes an ONNX file that `buildInferenceGraph` wrote
 * @throws MODEL_UNREADABLE for a damaged file or a network of something else; PROVIDER_UNAVAILABLE
 */
export async function openModel(bytes: Uint8Array, options: ModelOptions = {}): Promise<Model> {
  const description = readInferenceMetadata(bytes);
  const threads = options.threads ?? availableParallelism();
  const lanes = await startLanes({ lanes: Math.min(threads, defaultLanes), ...options, threads });
  try {
    return await openPooledModel(lanes, bytes, description, () => lanes.pool.close());
  } catch (error) {
    await lanes.pool.close();
    throw error;
  }
}
