import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CellMixerError } from '@cellmixer/errors';
import { POSTGRES_MAJOR, type PostgresBinaries } from './binaries.ts';
import { commandAs, handOver, type RunAs, SYSTEM_VARIABLES } from './run-as.ts';

/** The name of the owner and of the database. */
export const POSTGRES_NAME = 'cellmixer';

/** A cluster on disk: its folder and its owner's password. */
export interface Cluster {
  readonly data: string;
  readonly password: string;
}

/**
 * The cluster in `folder`, made where there is none. It is made beside its place and moved there whole, so that a
 * start that was cut off leaves nothing half-made.
 *
 * @throws CellMixerError SERVICE_FAILED where it cannot be made, or was made by another major version.
 */
export async function openCluster(
  folder: string,
  binaries: PostgresBinaries,
  runAs: RunAs,
): Promise<Cluster> {
  const data = join(folder, 'data');
  const passwordFile = join(folder, 'password');
  if (!existsSync(data)) await makeCluster(folder, data, passwordFile, binaries, runAs);
  const version = readFileSync(join(data, 'PG_VERSION'), 'utf8').trim();
  if (version !== POSTGRES_MAJOR) {
    throw failure(`"${data}" was made by PostgreSQL ${version}, and this one is ${POSTGRES_MAJOR}`, {
      cure: `Dump it with PostgreSQL ${version}, move the folder away, start, and load the dump.`,
    });
  }
  handOver(data, runAs);
  return { data, password: readFileSync(passwordFile, 'utf8').trim() };
}

async function makeCluster(
  folder: string,
  data: string,
  passwordFile: string,
  binaries: PostgresBinaries,
  runAs: RunAs,
): Promise<void> {
  const unfinished = join(folder, 'data.unfinished');
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { mode: 0o700 });
  writeFileSync(passwordFile, randomBytes(24).toString('hex'), { mode: 0o600 });
  handOver(unfinished, runAs);
  handOver(passwordFile, runAs);
  await run(binaries, runAs, binaries.initdb, [
    `--pgdata=${unfinished}`,
    `--username=${POSTGRES_NAME}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-instructions',
  ]);
  const makeDatabase = `CREATE DATABASE ${POSTGRES_NAME}\n`;
  await run(
    binaries,
    runAs,
    binaries.postgres,
    ['--single', '-D', unfinished, '-j', 'postgres'],
    makeDatabase,
  );
  renameSync(unfinished, data);
}

async function run(
  binaries: PostgresBinaries,
  runAs: RunAs,
  program: string,
  programArguments: readonly string[],
  input = '',
): Promise<void> {
  const { command, argv, ...who } = commandAs(runAs, program, programArguments);
  const child = spawn(command, argv, {
    ...who,
    cwd: '/',
    env: { ...binaries.env, ...SYSTEM_VARIABLES },
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  let words = '';
  child.stderr.setEncoding('utf8').on('data', (part: string) => {
    words += part;
  });
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  const code = await new Promise<number | null>((resolve) => {
    child.once('error', (error) => {
      words += error.message;
      resolve(null);
    });
    child.once('close', resolve);
  });
  // A single-user server ends with 0 although a statement failed.
  if (code === 0 && !/^.*(ERROR|FATAL|PANIC): /m.test(words)) return;
  const last = words.trim().split('\n').slice(-6).join('\n  ');
  throw failure(`the database cannot be made:\n  ${last}`, {
    cure:
      runAs.kind === 'ourselves'
        ? 'Put right what its words name, or set DATABASE_URL to a PostgreSQL of your own.'
        : 'As root it runs as another user, who must be able to read the repository and write DATA_DIR: put both where everybody may look, start as a normal user, or set DATABASE_URL.',
  });
}

function failure(words: string, details: { cure: string }): CellMixerError {
  return new CellMixerError('SERVICE_FAILED', words, { subject: 'postgres', ...details });
}
