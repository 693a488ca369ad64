/** `npm start`: a lab's server on this machine, until Ctrl-C. */
import { resolve } from 'node:path';
import { readEnvironment } from '@cellmixer/environment';
import { CellMixerError } from '@cellmixer/errors';
import { type LocalServer, startLocalServer } from './server/start-local-server.ts';

const { env, stdout, stderr } = process;
const root = resolve(import.meta.dirname, '../../..');
/** The terminal and npm may both hand on one Ctrl-C; what comes this soon (ms) after the first is the same one. */
const SAME_KEY = 500;

const say = (line: string) => void stdout.write(`${line}\n`);
let server: LocalServer | null = null;
let stoppedAt: number | null = null;
const starting = new AbortController();

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end());

try {
  server = await startLocalServer({
    environment: readEnvironment(env),
    variables: env,
    root,
    say,
    signal: starting.signal,
  });
  if (starting.signal.aborted) await stopServer(server);
  else {
    say(`\nCellMixer is at ${server.url}   (Ctrl-C stops it; log: ${server.logFile})`);
    if (server.firstAccountUrl !== null)
      say(`The first account is made here, once: ${server.firstAccountUrl}`);
  }
} catch (error) {
  if (!(error instanceof CellMixerError)) throw error;
  if (error.code === 'CANCELLED') say('Stopped.');
  else fail(error);
}

function fail(error: CellMixerError): void {
  stderr.write(`${error.message}${error.cure === undefined ? '' : `\n${error.cure}`}\n`);
  process.exitCode = 1;
}

async function end(): Promise<void> {
  if (stoppedAt !== null) {
    if (performance.now() - stoppedAt < SAME_KEY) return;
    server?.kill();
    process.exit(130);
  }
  stoppedAt = performance.now();
  say('\nStopping …');
  if (server === null) starting.abort();
  else await stopServer(server);
}

async function stopServer(running: LocalServer): Promise<void> {
  await running.stop();
  say('Stopped.');
}
