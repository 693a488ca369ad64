import * as ort from 'onnxruntime-node';
import type { Provider } from '../contracts.ts';

// A provider that is missing is found out by trying; what the runtime prints about it meanwhile helps nobody.
ort.env.logLevel = 'fatal';

/** A provider that was settled on. */
export type ActualProvider = Exclude<Provider, 'auto'>;

/** How a session runs its graph. */
export interface SessionSettings {
  readonly provider: ActualProvider;
  /** Threads inside one operator; 1 means that the calling thread does all the work itself. */
  readonly threads: number;
  /** Outputs that stay on the device between runs; WebGPU only. */
  readonly deviceOutputs?: readonly string[];
}

/** Float32 values with their shape, row-major; the data may lie in a SharedArrayBuffer. */
export interface TensorValue {
  readonly data: Float32Array;
  readonly dims: readonly number[];
}

/** Opens a session in the calling thread. Creating and running it blocks that thread. */
export function createSession(model: Uint8Array, settings: SessionSettings): Promise<ort.InferenceSession> {
  return ort.InferenceSession.create(model, sessionOptions(settings));
}

/** Wraps values as the runtime's tensor without copying them. */
export function toTensor(value: TensorValue): ort.Tensor {
  return new ort.Tensor('float32', value.data, value.dims);
}

function sessionOptions({
  provider,
  threads,
  deviceOutputs = [],
}: SessionSettings): ort.InferenceSession.SessionOptions {
  return {
    executionProviders: [provider],
    graphOptimizationLevel: 'all',
    executionMode: 'sequential',
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    enableCpuMemArena: true,
    // The pattern planner takes 1.5–1.8 times the memory of these graphs and saves no time.
    enableMemPattern: false,
    logSeverityLevel: 4,
    ...(deviceOutputs.length > 0
      ? {
          preferredOutputLocation: Object.fromEntries(
            deviceOutputs.map((name) => [name, 'gpu-buffer' as const]),
          ),
        }
      : {}),
  };
}
