import { parentPort, workerData } from 'node:worker_threads';
import { SessionHost } from './session-host.ts';
import type { Command, Envelope, Outputs, Reply, ThreadStart } from './session-protocol.ts';

/** The inside of a session thread: does one command after the other. */
const host = new SessionHost();
const port = parentPort;
const { ending }: ThreadStart = workerData;
let last: Promise<void> = Promise.resolve();

port?.on('message', (envelope: Envelope) => {
  last = last.then(() => answer(envelope));
});

async function answer({ id, command }: Envelope): Promise<void> {
  if (command.kind === 'end') {
    await host.closeAll();
    port?.close();
    return;
  }
  if (Atomics.load(ending, 0) === 1) return;
  try {
    const outputs = await execute(command);
    const reply: Reply = { id, outputs };
    port?.postMessage(reply, transferable(outputs));
  } catch (error) {
    const reply: Reply = { id, error: error instanceof Error ? error.message : String(error) };
    port?.postMessage(reply);
  }
}

async function execute(command: Exclude<Command, { kind: 'end' }>): Promise<Outputs> {
  if (command.kind === 'run') return host.run(command.session, command.request);
  if (command.kind === 'open') await host.open(command.session, command.model, command.settings);
  else await host.close(command.session);
  return {};
}

function transferable(outputs: Outputs): ArrayBuffer[] {
  return Object.values(outputs).flatMap(({ data }) =>
    data.buffer instanceof ArrayBuffer ? [data.buffer] : [],
  );
}
