import type { GradientGraph, GradientGraphOptions, UNetOptions } from '../contracts.ts';
import { buildGradientGraph } from '../graphs/gradient-graph.ts';
import { initialiseParameters } from '../graphs/network/initialise-parameters.ts';
import { defaultLoss, defaultUNet } from '../graphs/network/presets.ts';
import { SessionThread } from './session-thread.ts';

/** Whether the runtime's blocked layout computes right gradients on this processor, and its block size. */
export interface BlockedProbe {
  /** Channels of a block; absent where the portable lowering must be used. */
  readonly blockSize?: number;
  readonly note: string;
}

/** AVX-512 works in blocks of 16 channels, other processors in blocks of 8. */
const blockSizes = [16, 8];
/** Largest relative L2 difference of the gradients; the lowerings differ by 1e-6 where all is well. */
const tolerance = 1e-4;

const network: UNetOptions = defaultUNet({ inputChannels: 1, types: 2, width: 16, levels: 2 });
const shape = { group: 2, height: 32, width: 32 };

let known: Promise<BlockedProbe> | undefined;

/**
 * Compares the gradients of a small network in both lowerings. The blocked one leans on a part of the runtime that is
 * internal to it, so it is never used untested. Done once per process.
 */
export function probeBlockedLowering(): Promise<BlockedProbe> {
  known ??= probe();
  return known;
}

async function probe(): Promise<BlockedProbe> {
  const thread = new SessionThread();
  try {
    const options = { network, loss: defaultLoss, ...shape };
    const reference = await gradients(thread, { ...options, lowering: 'portable' });
    const reports: string[] = [];
    for (const blockSize of blockSizes) {
      const report = await compare(thread, { ...options, lowering: 'blocked', blockSize }, reference);
      if (report === undefined) return { blockSize, note: `blocks of ${blockSize} channels agree` };
      reports.push(`blocks of ${blockSize} channels: ${report}`);
    }
    return { note: reports.join('; ') };
  } finally {
    await thread.close();
  }
}

/** Says what is wrong with the blocked gradients, or nothing. */
async function compare(
  thread: SessionThread,
  options: GradientGraphOptions,
  reference: Float32Array,
): Promise<string | undefined> {
  try {
    const difference = relativeDifference(await gradients(thread, options), reference);
    return difference <= tolerance ? undefined : `gradients differ by ${difference.toExponential(1)}`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

async function gradients(thread: SessionThread, options: GradientGraphOptions): Promise<Float32Array> {
  const graph = buildGradientGraph(options);
  const session = await thread.open(graph.model, { provider: 'cpu', threads: 1 });
  const outputs = await session.run({ feeds: probeInputs(graph), fetch: ['gradients'] });
  await session.close();
  return graph.fromStored(outputs.gradients!.data);
}

function probeInputs(graph: GradientGraph) {
  const { group, height, width } = shape;
  const parameters = graph.toStored(initialiseParameters(network, 1, { foregroundPrior: 0.3 }));
  const plane = (channels: number, value: (i: number) => number) => ({
    data: Float32Array.from({ length: group * channels * height * width }, (_, i) => value(i)),
    dims: [group, channels, height, width],
  });
  return {
    parameters: { data: parameters, dims: [parameters.length] },
    images: plane(1, (i) => Math.sin(i * 0.7) + Math.cos(i * 0.013)),
    foreground: plane(1, (i) => (i % 7 < 3 ? 1 : 0)),
    types: plane(2, (i) => (Math.floor(i / (height * width)) % 2 === Math.floor(i / 64) % 2 ? 1 : 0)),
    weight: plane(1, (i) => (i % 11 === 0 ? 0 : 1)),
  };
}

/** L2 norm of the difference over that of the reference; infinite where a value is not a number. */
function relativeDifference(values: Float32Array, reference: Float32Array): number {
  let difference = 0;
  let norm = 0;
  for (let i = 0; i < reference.length; i++) {
    difference += (values[i]! - reference[i]!) ** 2;
    norm += reference[i]! ** 2;
  }
  const relative = Math.sqrt(difference / norm);
  return Number.isNaN(relative) ? Number.POSITIVE_INFINITY : relative;
}
