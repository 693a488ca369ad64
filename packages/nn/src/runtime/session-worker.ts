import { parentPort } from 'node:worker_threads';
import type * as ort from 'onnxruntime-node';
import { createSession, toTensor } from './session.ts';
import type { Command, Envelope, Feed, Outputs, Reply, RunRequest } from './session-protocol.ts';

/** The inside of a session thread: owns sessions, runs them one command after the other. */
const sessions = new Map<number, ort.InferenceSession>();
const kept = new Map<string, ort.Tensor>();
const nothing: Outputs = {};

const port = parentPort;
let last: Promise<void> = Promise.resolve();
port?.on('message', (envelope: Envelope) => {
  last = last.then(() => answer(envelope));
});

async function answer({ id, command }: Envelope): Promise<void> {
  try {
    const outputs = await execute(command);
    const reply: Reply = { id, outputs };
    port?.postMessage(
      reply,
      Object.values(outputs).map(({ data }) => data.buffer as ArrayBuffer),
    );
  } catch (error) {
    const reply: Reply = { id, error: error instanceof Error ? error.message : String(error) };
    port?.postMessage(reply);
  }
}

async function execute(command: Command): Promise<Outputs> {
  switch (command.kind) {
    case 'open':
      sessions.set(command.session, await createSession(command.model, command.settings));
      return nothing;
    case 'run':
      return run(openSession(command.session), command.request);
    case 'close':
      await sessions.get(command.session)?.release();
      sessions.delete(command.session);
      return nothing;
  }
}

function openSession(id: number): ort.InferenceSession {
  const session = sessions.get(id);
  if (session === undefined) throw new Error(`session ${id} is not open`);
  return session;
}

async function run(session: ort.InferenceSession, request: RunRequest): Promise<Outputs> {
  const { feeds, into = {}, fetch = [], keep = {} } = request;
  const inputs = mapValues(feeds, toInput);
  const fetches: Record<string, ort.Tensor | null> = mapValues(into, toTensor);
  for (const name of [...fetch, ...Object.keys(keep)]) fetches[name] = null;
  const results = await session.run(inputs, fetches);

  for (const [output, name] of Object.entries(keep)) {
    const tensor = results[output];
    if (tensor === undefined) throw new Error(`the graph gave no output "${output}"`);
    kept.get(name)?.dispose();
    kept.set(name, tensor);
  }
  const outputs: Record<string, { data: Float32Array; dims: readonly number[] }> = {};
  for (const name of fetch) {
    const tensor = results[name];
    if (!(tensor?.data instanceof Float32Array)) throw new Error(`the graph gave no float output "${name}"`);
    // Copied: the runtime's buffer belongs to the runtime and cannot change threads.
    outputs[name] = { data: tensor.data.slice(), dims: tensor.dims };
    tensor.dispose();
  }
  return outputs;
}

function toInput(feed: Feed): ort.Tensor {
  if (!('kept' in feed)) return toTensor(feed);
  const tensor = kept.get(feed.kept);
  if (tensor === undefined) throw new Error(`no tensor "${feed.kept}" is kept`);
  return tensor;
}

function mapValues<V, W>(values: Readonly<Record<string, V>>, change: (value: V) => W): Record<string, W> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, change(value)]));
}
