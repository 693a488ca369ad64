import { existsSync } from 'node:fs';
import { CellMixerError } from '@cellmixer/errors';
import type { Provider } from '../contracts.ts';
import { GraphBuilder } from '../graphs/onnx/graph-builder.ts';
import type { ActualProvider } from './session.ts';
import { SessionThread } from './session-thread.ts';

/** Which provider a setting came down to. */
export interface ProviderChoice {
  readonly provider: ActualProvider;
  /** Why `auto` did not take a better one; absent where there is nothing to say. */
  readonly note?: string;
}

const cures: Readonly<Record<ActualProvider, string>> = {
  cpu: 'Reinstall the packages; the runtime does not fit this system.',
  webgpu:
    'WebGPU needs a graphics processor with a Vulkan, Metal or Direct3D 12 driver (on Linux also libvulkan.so.1). Choose the provider "cpu" or "auto" otherwise.',
  cuda: 'CUDA needs an NVIDIA driver, CUDA 12 with cuDNN 9 and the runtime’s CUDA libraries (see docs/operators). Choose the provider "webgpu", "cpu" or "auto" otherwise.',
};

const attempts = new Map<ActualProvider, Promise<CellMixerError | undefined>>();

/**
 * Settles where graphs run. A named provider must work, by running a small convolution on it; `auto` takes the first
 * of cuda, webgpu, cpu that does. Each provider is tried once per process.
 *
 * @throws PROVIDER_UNAVAILABLE for a named provider that does not work here
 */
export async function chooseProvider(setting: Provider = 'auto'): Promise<ProviderChoice> {
  if (setting !== 'auto') {
    const failure = await attempt(setting);
    if (failure !== undefined) throw failure;
    return { provider: setting };
  }
  // Without a device node there is no GPU, and trying would make the drivers' loaders complain on stderr.
  if (!mayHaveGpu())
    return { provider: 'cpu', note: 'No graphics processor was found; networks run on the CPU.' };
  const failures: string[] = [];
  for (const provider of ['cuda', 'webgpu'] as const) {
    const failure = await attempt(provider);
    if (failure === undefined) return { provider };
    failures.push(failure.message);
  }
  return { provider: 'cpu', note: `${failures.join(' ')} Networks run on the CPU.` };
}

function attempt(provider: ActualProvider): Promise<CellMixerError | undefined> {
  const known = attempts.get(provider);
  if (known !== undefined) return known;
  const tried = tryProvider(provider);
  attempts.set(provider, tried);
  return tried;
}

async function tryProvider(provider: ActualProvider): Promise<CellMixerError | undefined> {
  if (provider === 'cpu') return undefined;
  const thread = new SessionThread();
  try {
    const session = await thread.open(smallConvolution(), { provider, threads: 1 });
    const outputs = await session.run({
      feeds: {
        image: { data: new Float32Array(16).fill(2), dims: [1, 1, 4, 4] },
        weight: { data: new Float32Array(9).fill(0.5), dims: [1, 1, 3, 3] },
      },
      fetch: ['result'],
    });
    const centre = outputs.result?.data[0];
    return centre === 9 ? undefined : unavailable(provider, `it computed ${centre} instead of 9`);
  } catch (cause) {
    return unavailable(provider, cause instanceof Error ? cause.message : String(cause), cause);
  } finally {
    await thread.close();
  }
}

function smallConvolution(): Uint8Array {
  const graph = new GraphBuilder();
  const image = graph.input('image', [1, 1, 4, 4]);
  const weight = graph.input('weight', [1, 1, 3, 3]);
  graph.node('Conv', [image, weight], { attributes: { kernel_shape: [3, 3] }, outputName: 'result' });
  graph.output('result', [1, 1, 2, 2]);
  return graph.write();
}

function unavailable(provider: ActualProvider, why: string, cause?: unknown): CellMixerError {
  return new CellMixerError(
    'PROVIDER_UNAVAILABLE',
    `The provider "${provider}" does not work here: ${why.trim()}`,
    {
      cure: cures[provider],
      subject: provider,
      cause,
    },
  );
}

function mayHaveGpu(): boolean {
  if (process.platform !== 'linux') return true;
  return ['/dev/dri', '/dev/nvidiactl', '/dev/dxg'].some((node) => existsSync(node));
}
