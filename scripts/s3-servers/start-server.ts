import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ForeignServer } from './servers.ts';

/** A server over a folder of its own; disposing of it ends it and removes the folder. */
export interface RunningServer extends AsyncDisposable {
  /** What the suite reads. */
  readonly environment: Readonly<Record<string, string>>;
}

const patienceMs = 30_000;
const account = { accessKey: 'suite-access', secretKey: 'suite-secret-of-it', region: 'us-east-1' };
/** The origin that the suite's pages come from. */
const origin = 'http://portal.test:4800';

export async function startServer(server: ForeignServer, path: string): Promise<RunningServer> {
  const folder = await mkdtemp(join(tmpdir(), `${server.name}-`));
  const port = await freePort();
  const { argv, environment } = server.command({ port, folder, origin, ...account });
  const child = spawn(path, argv, {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const endpoint = `http://127.0.0.1:${port}`;
  const stop = async () => {
    await end(child);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await answers(endpoint, child);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    environment: {
      S3_SERVER: server.name,
      S3_ENDPOINT: endpoint,
      S3_ACCESS_KEY: account.accessKey,
      S3_SECRET_KEY: account.secretKey,
      S3_REGION: account.region,
    },
    [Symbol.asyncDispose]: stop,
  };
}

/** Waits until the server refuses an anonymous request, which means that it is there. */
async function answers(endpoint: string, child: ChildProcess): Promise<void> {
  const until = Date.now() + patienceMs;
  while (Date.now() < until) {
    if (child.exitCode !== null)
      throw new Error(`the server ended with ${child.exitCode} before it answered`);
    const status = await fetch(endpoint, { redirect: 'manual' }).then(
      (response) => response.status,
      () => 0,
    );
    if (status >= 400 && status < 500) return;
    await sleep(100);
  }
  throw new Error(`the server did not answer at ${endpoint} within ${patienceMs / 1000} s`);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await ended;
  clearTimeout(late);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}
