/**
 * The embedded object store as a process. It prints one JSON line when it can be used, writes faults to the error
 * stream as JSON lines, and ends in order on SIGTERM and SIGINT, and with SUPERVISED=1 when its input is closed,
 * because then whoever started it is gone.
 */
import { CellMixerError } from '@cellmixer/errors';
import { readObjectStoreSettings } from './read-settings.ts';
import { startObjectStore } from './start-object-store.ts';

const { env, stdin, stdout, stderr } = process;

function writeFault(message: string, error: unknown): void {
  const why = error instanceof Error ? (error.stack ?? error.message) : String(error);
  stderr.write(`${JSON.stringify({ level: 'error', service: 'object-store', message, error: why })}\n`);
}

try {
  const store = await startObjectStore({ ...readObjectStoreSettings(env), onFault: writeFault });
  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    await store.stop();
    process.exit(0);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  if (env.SUPERVISED === '1') stdin.on('end', stop).on('error', stop).resume();
  stdout.write(`${JSON.stringify({ ready: true, endpoint: store.endpoint })}\n`);
} catch (error) {
  writeFault(
    error instanceof CellMixerError ? `${error.message}. ${error.cure ?? ''}` : 'cannot start',
    error,
  );
  process.exitCode = 1;
}
