import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Database, openDatabase } from '@cellmixer/database';
import { bucketOf, demandVariables, readEnvironment } from '@cellmixer/environment';
import { type LocalServer, startLocalServer } from '@cellmixer/local-server';
import { openStorage, type Storage } from '@cellmixer/storage';

export const parts = ['worker', 'inference', 'api', 'postgres', 'bucket'] as const;
export type Part = (typeof parts)[number];

const root = join(import.meta.dirname, '..', '..', '..', '..');

/** A lab's server as `npm start` makes it, with a second worker beside, and ways to hurt its parts. */
export class ServerUnderTest {
  readonly local: LocalServer;
  readonly database: Database;
  readonly storage: Storage;
  readonly #folder: string;
  readonly #variables: NodeJS.ProcessEnv;
  #second: ChildProcess;
  #ending = false;

  private constructor(local: LocalServer, folder: string) {
    this.local = local;
    this.#folder = folder;
    // A second worker needs what the supervisor gave the first.
    this.#variables = environmentOf(pidIn(folder, 'worker'));
    const settings = demandVariables(
      readEnvironment(this.#variables),
      ['DATABASE_URL', 'S3_ENDPOINT', 'S3_ACCESS_KEY', 'S3_SECRET_KEY'],
      'this test',
    );
    this.database = openDatabase(settings.DATABASE_URL);
    this.storage = openStorage(bucketOf(settings));
    this.#second = this.#startSecond();
  }

  static async start(folder: string, say: (line: string) => void): Promise<ServerUnderTest> {
    const variables = { ...process.env, DATA_DIR: folder };
    const local = await startLocalServer({ environment: readEnvironment(variables), variables, root, say });
    return new ServerUnderTest(local, folder);
  }

  /** The process of a part; of the workers the one that holds a running job of the kind, if any does. */
  async pidOf(part: Part): Promise<number> {
    if (part !== 'worker') return pidIn(this.#folder, part);
    const holding = await this.database.job.findFirst({
      where: { status: 'RUNNING', worker: { not: null } },
      orderBy: { startedAt: 'desc' },
    });
    const pid = Number(holding?.worker?.split(':').at(-1));
    return Number.isInteger(pid) && pid > 1 ? pid : pidIn(this.#folder, 'worker');
  }

  async stop(): Promise<void> {
    this.#ending = true;
    const ended = this.#second.exitCode === null ? once(this.#second, 'exit') : null;
    this.#second.kill('SIGTERM');
    await ended;
    await this.database.$disconnect();
    await this.local.stop();
  }

  #startSecond(): ChildProcess {
    const child = spawn(process.execPath, [join(root, 'apps', 'worker', 'src', 'main.ts')], {
      cwd: root,
      env: this.#variables,
      stdio: 'ignore',
      detached: true,
    });
    child.once('exit', () => {
      if (!this.#ending) this.#second = this.#startSecond();
    });
    return child;
  }
}

function pidIn(folder: string, part: Part): number {
  const state = JSON.parse(readFileSync(join(folder, 'state.json'), 'utf8')) as {
    readonly processes: readonly { readonly name: string; readonly pid: number }[];
  };
  const found = state.processes.find(({ name }) => name === part);
  if (found === undefined) throw new Error(`no ${part} runs`);
  return found.pid;
}

function environmentOf(pid: number): NodeJS.ProcessEnv {
  const pairs = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').filter(Boolean);
  const variables = Object.fromEntries(
    pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
  );
  const { SUPERVISOR_PID: _, SUPERVISED: __, ...own } = variables;
  return own;
}
