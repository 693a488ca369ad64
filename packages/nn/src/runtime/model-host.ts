import type { Model } from '../contracts.ts';
import { readInferenceMetadata } from '../graphs/inference/read-metadata.ts';
import { openPooledModel } from './pooled-model.ts';
import type { ActualProvider } from './session.ts';
import { type LaneOptions, startLanes } from './start-lanes.ts';

/** Worker threads that many networks share, for a server: a network that idles costs memory, but no threads. */
export interface ModelHost {
  readonly provider: ActualProvider;
  /** Predictions that run at the same time, over all networks. */
  readonly lanes: number;
  /**
   * Makes an exported network ready to predict. Closing it leaves the threads to the others.
   *
   * @param bytes an ONNX file that `buildInferenceGraph` wrote; must not change while the network is open
   * @throws MODEL_UNREADABLE for a damaged file or a network of something else; CANCELLED after `close`
   */
  open(bytes: Uint8Array): Promise<Model>;
  /** Ends the threads. What runs is waited for, what waits is rejected with CANCELLED. */
  close(): Promise<void>;
}

/** @throws PROVIDER_UNAVAILABLE for a named provider that does not work here */
export async function createModelHost(options: LaneOptions = {}): Promise<ModelHost> {
  const lanes = await startLanes(options);
  return {
    provider: lanes.settings.provider,
    lanes: lanes.count,
    open: async (bytes) => openPooledModel(lanes, bytes, readInferenceMetadata(bytes)),
    close: () => lanes.pool.close(),
  };
}
