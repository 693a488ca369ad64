import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { objectStoreProcess } from '@cellmixer/local-server/object-store';
import { openStorage, type Storage, type StorageSettings } from '@cellmixer/storage';

const account = { accessKey: 'test-access', secretKey: 'test-secret-of-the-suite', region: 'us-east-1' };

/** The embedded server as a process of its own, so that it can be killed and measured. */
export interface EmbeddedProcess extends AsyncDisposable {
  readonly child: ChildProcess;
  readonly settings: StorageSettings;
  readonly storage: Storage;
  /** Sends the signal and waits for the end; gives the exit code, or the signal's name. */
  end(signal: NodeJS.Signals): Promise<number | string | null>;
  /** The process's memory in bytes that is resident now (Linux). */
  residentBytes(): number;
}

export async function startEmbeddedProcess(
  folder: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<EmbeddedProcess> {
  const child = spawn(process.execPath, [...objectStoreProcess.nodeFlags, objectStoreProcess.file], {
    env: {
      ...process.env,
      OBJECT_STORE_FOLDER: folder,
      S3_ACCESS_KEY: account.accessKey,
      S3_SECRET_KEY: account.secretKey,
      S3_REGION: account.region,
      ...environment,
    },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = new Promise<number | string | null>((done) =>
    child.once('exit', (code, signal) => done(code ?? signal)),
  );
  const endpoint = await readEndpoint(child);
  const settings = { endpoint, publicEndpoint: endpoint, bucket: 'embedded', ...account };
  const storage = openStorage(settings);
  await storage.ensureBucket();
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    return await ended;
  };
  return {
    child,
    settings,
    storage,
    end,
    residentBytes: () => {
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
      return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) * 1024;
    },
    async [Symbol.asyncDispose]() {
      await end('SIGKILL');
    },
  };
}

async function readEndpoint(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('the process has no output');
  for await (const line of createInterface(child.stdout)) {
    const said: { ready?: boolean; endpoint?: string } = JSON.parse(line);
    if (said.ready === true && said.endpoint !== undefined) return said.endpoint;
  }
  throw new Error('the process ended before it was ready');
}
