import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { endProcess } from '../processes/end-process.ts';
import { markProcess } from '../processes/process-mark.ts';
import { processesWith } from '../testing/processes-left.ts';
import { readPostmasterFile } from './postmaster-file.ts';
import { type RunningPostgres, startPostgres } from './start-postgres.ts';

const root = mkdtempSync(join(tmpdir(), 'cm-postgres-'));
const folder = join(root, 'lab');
const running: RunningPostgres[] = [];
const start = async (where = folder) => {
  const postgres = await startPostgres({ folder: where });
  running.push(postgres);
  return postgres;
};

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

describe('startPostgres', () => {
  afterEach(async () => {
    for (const postgres of running.splice(0)) await postgres.stop();
  });
  afterAll(() => {
    expect(processesWith(root)).toEqual([]);
    rmSync(root, { recursive: true, force: true });
  });

  it('makes an empty folder a database of version 18 in UTF-8, and keeps what is written', async () => {
    const first = await start();
    expect(
      await ask(
        first.url,
        `select current_setting('server_version_num')::int / 10000 as major,
      current_setting('server_encoding') as encoding, current_database() as name`,
      ),
    ).toEqual([{ major: 18, encoding: 'UTF8', name: 'cellmixer' }]);
    await ask(first.url, `create table kept as select 'Zürich 細胞' as word`);
    await first.stop();
    running.length = 0;
    const second = await start();
    expect(await ask(second.url, 'select word from kept')).toEqual([{ word: 'Zürich 細胞' }]);
  });

  it('asks for a password that only the owner can read, and listens inside this machine only', async () => {
    const { url } = await start();
    expect(statSync(join(folder, 'password')).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, 'data')).mode & 0o077).toBe(0);
    const wrong = new URL(url);
    wrong.password = 'guess';
    await expect(ask(wrong.href, 'select 1')).rejects.toThrow('password authentication failed');
    expect(await ask(url, 'show listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }]);
    expect(await ask(url, 'show unix_socket_directories')).toEqual([{ unix_socket_directories: '' }]);
  });

  it('comes back with all that was committed after it was killed', async () => {
    const { url, pid } = await start();
    await ask(url, 'create table survivor as select 7 as number');
    process.kill(pid, 'SIGKILL');
    const rows = await untilAnswered(() => ask(url, 'select number from survivor'));
    expect(rows).toEqual([{ number: 7 }]);
  });

  it('refuses a second start on the same folder and leaves the first alone', async () => {
    const { url } = await start();
    await expect(startPostgres({ folder })).rejects.toMatchObject({ code: 'SERVER_RUNNING' });
    expect(await ask(url, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('takes the next port where somebody else listens', async () => {
    const stranger = createServer();
    await new Promise<void>((done) => stranger.listen(0, '127.0.0.1', done));
    const address = stranger.address();
    const taken = typeof address === 'object' && address !== null ? address.port : 0;
    const postgres = await startPostgres({ folder, port: taken });
    running.push(postgres);
    expect(Number(new URL(postgres.url).port)).not.toBe(taken);
    expect(await ask(postgres.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    stranger.close();
  });

  it('runs two side by side', async () => {
    const [one, other] = [await start(), await start(join(root, 'other'))];
    expect(new URL(one.url).port).not.toBe(new URL(other.url).port);
    await expect(ask(other.url, 'select * from kept')).rejects.toThrow('does not exist');
  });

  it('stops what a killed process left, and starts anew', async () => {
    // A process of its own starts it, so that it can be killed like a server; without pdeathsig PostgreSQL stays.
    const script = `import { startPostgres } from ${JSON.stringify(join(import.meta.dirname, 'start-postgres.ts'))};
      await startPostgres({ folder: ${JSON.stringify(folder)} }); console.log('ready');`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await new Promise((done) => child.stdout.once('data', done));
    const left = markProcess(readPostmasterFile(join(folder, 'data'))?.pid ?? 0);
    if (left === null) throw new Error('nothing runs');
    child.kill('SIGKILL');
    const { url } = await start();
    expect(markProcess(left.pid)?.startedAt).not.toBe(left.startedAt);
    expect(await ask(url, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('spares a stranger that has got the number of a killed server', async () => {
    const stranger = spawn('sleep', ['60']);
    const mark = markProcess(stranger.pid ?? 0);
    if (mark === null) throw new Error('sleep does not run');
    writeFileSync(join(folder, 'data', 'postmaster.pid'), `${mark.pid}\n${join(folder, 'data')}\n`);
    const { url } = await start();
    expect(await ask(url, 'select 1 as one')).toEqual([{ one: 1 }]);
    expect(markProcess(mark.pid)).toEqual(mark);
    await endProcess(mark, 'SIGTERM', 5);
  });

  it('makes the cluster anew where its making was cut off', async () => {
    const cut = join(root, 'cut');
    mkdirSync(join(cut, 'data.unfinished', 'base'), { recursive: true });
    const { url } = await start(cut);
    expect(await ask(url, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('says what is wrong with files of another version', async () => {
    const old = join(root, 'old');
    mkdirSync(join(old, 'data'), { recursive: true });
    writeFileSync(join(old, 'data', 'PG_VERSION'), '17\n');
    await expect(startPostgres({ folder: old })).rejects.toMatchObject({
      code: 'SERVICE_FAILED',
      message: expect.stringContaining('made by PostgreSQL 17, and this one is 18'),
    });
    expect(readFileSync(join(old, 'data', 'PG_VERSION'), 'utf8')).toBe('17\n');
  });
});

async function untilAnswered<Answer>(question: () => Promise<Answer>): Promise<Answer> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await question();
    } catch (error) {
      if (tries === 200) throw error;
      await pause(50);
    }
  }
}
