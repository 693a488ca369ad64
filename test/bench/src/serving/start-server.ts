import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

export interface RunningServer {
  readonly url: string;
  /** Peak resident memory so far, MiB; NaN where the system does not tell. */
  peakMb(): number;
  /** Processor time so far, ms; NaN where the system does not tell. */
  processorMs(): number;
  close(): Promise<void>;
}

/** Starts the model server as a process of its own, on a free port, over a folder of models. */
export async function startServer(folder: string): Promise<RunningServer> {
  const main = join(resolve(import.meta.dirname, '../../../..'), 'apps/inference/src/main.ts');
  const child = spawn(process.execPath, [main], {
    env: {
      ...process.env,
      MODEL_REPOSITORY: folder,
      PORT: String(await freePort()),
      EXECUTION_PROVIDER: 'cpu',
      LOG_LEVEL: 'warn',
      SUPERVISED: '1',
    },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [line] = await once(createInterface(child.stdout), 'line');
  const { url }: { url?: string } = JSON.parse(String(line));
  if (url === undefined) throw new Error(`the model server did not start: ${line}`);
  return {
    url,
    peakMb: () => peakOf(child.pid),
    processorMs: () => processorMsOf(child.pid),
    close: async () => {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}

function peakOf(pid: number | undefined): number {
  try {
    const kilobytes = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return Number(kilobytes) / 1024;
  } catch {
    return Number.NaN;
  }
}

/** From /proc, which counts in hundredths of a second: fields 14 and 15, behind a name that may hold blanks. */
function processorMsOf(pid: number | undefined): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return Number.NaN;
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return address !== null && typeof address === 'object' ? address.port : 0;
}
