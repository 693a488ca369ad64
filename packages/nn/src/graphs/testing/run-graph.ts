import { createSession, toTensor } from '../../runtime/session.ts';

export type Feeds = Readonly<
  Record<string, { readonly data: Float32Array; readonly shape: readonly number[] }>
>;

/** Runs a graph once on one thread of the CPU; outputs by name. */
export async function runGraph(model: Uint8Array, feeds: Feeds): Promise<Record<string, Float32Array>> {
  const graph = await openGraph(model);
  return graph(feeds);
}

/** Opens a graph for several runs. */
export async function openGraph(
  model: Uint8Array,
): Promise<(feeds: Feeds) => Promise<Record<string, Float32Array>>> {
  const session = await createSession(model, { provider: 'cpu', threads: 1 });
  return async (feeds) => {
    const tensors = Object.entries(feeds).map(([name, { data, shape }]) => [
      name,
      toTensor({ data, dims: shape }),
    ]);
    const outputs = await session.run(Object.fromEntries(tensors));
    return Object.fromEntries(
      Object.entries(outputs).map(([name, tensor]) => {
        if (!(tensor.data instanceof Float32Array)) throw new Error(`${name} is not float32.`);
        return [name, tensor.data];
      }),
    );
  };
}
