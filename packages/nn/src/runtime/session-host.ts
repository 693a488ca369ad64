import type * as ort from 'onnxruntime-node';
import { createSession, type SessionSettings, toTensor } from './session.ts';
import type { Feed, Outputs, RunRequest } from './session-protocol.ts';

/** Owns the sessions of one thread, and the tensors that they keep between runs. */
export class SessionHost {
  readonly #sessions = new Map<number, ort.InferenceSession>();
  readonly #kept = new Map<string, ort.Tensor>();

  async open(session: number, model: Uint8Array, settings: SessionSettings): Promise<void> {
    this.#sessions.set(session, await createSession(model, settings));
  }

  async close(session: number): Promise<void> {
    await this.#sessions.get(session)?.release();
    this.#sessions.delete(session);
  }

  async closeAll(): Promise<void> {
    for (const session of [...this.#sessions.keys()]) await this.close(session);
  }

  async run(id: number, { feeds, into = {}, fetch = [], keep = {} }: RunRequest): Promise<Outputs> {
    const session = this.#sessions.get(id);
    if (session === undefined) throw new Error(`session ${id} is not open`);
    const fetches: Record<string, ort.Tensor | null> = mapValues(into, toTensor);
    for (const name of [...fetch, ...Object.keys(keep)]) fetches[name] = null;
    const results = await session.run(
      mapValues(feeds, (feed) => this.#input(feed)),
      fetches,
    );
    for (const [output, name] of Object.entries(keep)) {
      this.#kept.get(name)?.dispose();
      this.#kept.set(name, present(results, output));
    }
    return Object.fromEntries(fetch.map((name) => [name, takeValues(present(results, name), name)]));
  }

  #input(feed: Feed): ort.Tensor {
    if (!('kept' in feed)) return toTensor(feed);
    const tensor = this.#kept.get(feed.kept);
    if (tensor === undefined) throw new Error(`no tensor "${feed.kept}" is kept`);
    return tensor;
  }
}

function present(results: ort.InferenceSession.ReturnType, name: string): ort.Tensor {
  const tensor = results[name];
  if (tensor === undefined) throw new Error(`the graph gave no output "${name}"`);
  return tensor;
}

function takeValues(tensor: ort.Tensor, name: string) {
  const { data, dims } = tensor;
  if (!(data instanceof Float32Array)) throw new Error(`the output "${name}" is not of float32`);
  // Copied: the runtime's own memory cannot move to another thread.
  const values = { data: data.slice(), dims };
  tensor.dispose();
  return values;
}

function mapValues<V, W>(values: Readonly<Record<string, V>>, change: (value: V) => W): Record<string, W> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, change(value)]));
}
