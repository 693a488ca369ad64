import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { markProcess } from '../processes/process-mark.ts';
import { processesWith } from '../testing/processes-left.ts';

/** A stand-in for the API: tells what it was given, and crashes when asked to. */
const api = `import { createServer } from 'node:http';
createServer((asked, answer) => {
  if (asked.url === '/graphql/crash') process.exit(3);
  const { DATABASE_URL, S3_ENDPOINT, S3_ACCESS_KEY, INFERENCE_URL, AUTH_SECRET, PUBLIC_URL } = process.env;
  answer.end(JSON.stringify({ pid: process.pid, DATABASE_URL, S3_ENDPOINT, S3_ACCESS_KEY, INFERENCE_URL, AUTH_SECRET, PUBLIC_URL }));
}).listen(Number(process.env.PORT), '127.0.0.1', () => {
  console.log(JSON.stringify({ ready: true, firstAccountToken: 'only-once' }));
  console.log(JSON.stringify({ level: 30, msg: 'the api speaks' }));
});`;

/** A stand-in for a worker: starts a process of its own, and may take no notice of a polite end. */
const worker = `import { spawn } from 'node:child_process';
if (process.env.STUBBORN === '1') process.on('SIGTERM', () => {});
spawn('sleep', [process.env.SLEEP ?? '1000'], { stdio: 'ignore' });
console.log('{"ready":true}');
setInterval(() => {}, 1000);`;

const temporary = mkdtempSync(join(tmpdir(), 'cm-server-'));
const root = join(temporary, 'repository');
/** Marks the grandchildren of these tests among all processes. */
const SLEEP = `10${process.pid}`;

/** A server of its own, as \`npm start\` makes one, that can be killed. */
const script = `import { readEnvironment } from '@cellmixer/environment';
import { startLocalServer } from ${JSON.stringify(join(import.meta.dirname, 'start-local-server.ts'))};
try {
  const server = await startLocalServer({ environment: readEnvironment(process.env), variables: process.env,
    root: ${JSON.stringify(root)}, say: (line) => console.log(line) });
  process.on('SIGTERM', async () => { await server.stop(); process.exit(0); });
  console.log('at ' + server.url + ' first ' + server.firstAccountUrl);
} catch (error) { console.log('refused ' + error.code + ' ' + error.message); process.exit(1); }`;

interface Running {
  readonly child: ChildProcess;
  readonly url: string;
  readonly words: () => string;
}
const running: Running[] = [];

async function start(data: string, variables: Record<string, string> = {}): Promise<Running> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    cwd: import.meta.dirname,
    env: { ...process.env, DATA_DIR: join(temporary, data), SLEEP, ...variables },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let words = '';
  child.stdout.on('data', (part: Buffer) => {
    words += part.toString();
  });
  while (!/^(at|refused) .*\n/m.test(words) && child.exitCode === null) await pause(20);
  const server = { child, url: /^at (\S+)/m.exec(words)?.[1] ?? '', words: () => words };
  running.push(server);
  return server;
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((done) => child.once('exit', done));
  child.kill(signal);
  await ended;
}

const stateOf = (data: string) => JSON.parse(readFileSync(join(temporary, data, 'state.json'), 'utf8'));
const logOf = (data: string) => readFileSync(join(temporary, data, 'logs', 'server.log'), 'utf8');
const ask = async (url: string) => JSON.parse(await (await fetch(`${url}/graphql`)).text());
const left = () => [...processesWith(temporary), ...processesWith(`sleep ${SLEEP}`)];

beforeAll(() => {
  for (const [name, source] of Object.entries({ api, worker })) {
    mkdirSync(join(root, 'apps', name, 'src'), { recursive: true });
    writeFileSync(join(root, 'apps', name, 'src', 'main.ts'), source);
  }
  writeFileSync(join(root, 'package.json'), '{"type":"module"}');
});
afterEach(async () => {
  for (const { child } of running.splice(0)) await end(child, 'SIGTERM');
});
afterAll(() => {
  expect(left()).toEqual([]);
  rmSync(temporary, { recursive: true, force: true });
});

describe('startLocalServer', () => {
  it('starts all parts, tells them of each other, and keeps secrets to itself', async () => {
    const { url, words } = await start('one');
    const seen = await ask(url);
    expect(seen.DATABASE_URL).toMatch(/^postgresql:\/\/cellmixer:\w+@127\.0\.0\.1:\d+\/cellmixer$/);
    expect(seen.S3_ENDPOINT).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(seen.PUBLIC_URL).toBe(url);
    expect((await fetch(seen.S3_ENDPOINT)).status).toBe(403);
    expect(words()).toContain(`first ${url}/first-account?token=only-once`);
    expect(statSync(join(temporary, 'one', 'state.json')).mode & 0o777).toBe(0o600);
    const log = logOf('one');
    expect(log).toContain('{"service":"api","level":30,"msg":"the api speaks"}');
    for (const line of log.trim().split('\n')) JSON.parse(line);
    for (const secret of ['only-once', seen.AUTH_SECRET, new URL(seen.DATABASE_URL).password]) {
      expect(log).not.toContain(secret);
    }
  });

  it('keeps secrets and ports from start to start', async () => {
    const first = await start('one');
    const before = await ask(first.url);
    await end(first.child, 'SIGTERM');
    const after = await ask((await start('one')).url);
    expect(after).toEqual({ ...before, pid: after.pid });
  });

  it('starts a crashed part again, and says so', async () => {
    const { url, words } = await start('one');
    const { pid } = await ask(url);
    await fetch(`${url}/graphql/crash`).catch(() => {});
    let answer = await fetch(`${url}/graphql`);
    while (answer.status === 503 || answer.status === 502) {
      await pause(50);
      answer = await fetch(`${url}/graphql`);
    }
    expect(JSON.parse(await answer.text()).pid).not.toBe(pid);
    expect(words()).toContain('api ended with code 3; it starts again in 0.5 s');
  });

  it('leaves no process behind, not even one that would not end or that a part has started', async () => {
    const { child } = await start('one', { STUBBORN: '1' });
    expect(processesWith(`sleep ${SLEEP}`)).toHaveLength(1);
    await end(child, 'SIGTERM');
    expect(left()).toEqual([]);
    expect(stateOf('one')).toMatchObject({ supervisor: null, processes: [] });
  });

  it('after kill -9 the parts end by themselves, or the next start ends them, and no stranger', async () => {
    const { child } = await start('one');
    const parts = stateOf('one').processes;
    const names = parts.map((part: { name: string }) => part.name);
    expect(names.sort()).toEqual(['api', 'bucket', 'postgres', 'worker']);
    await end(child, 'SIGKILL');
    // A number that meanwhile belongs to somebody else: same number, another start.
    const state = stateOf('one');
    const stranger = { name: 'api', pid: process.pid, startedAt: 'another time' };
    writeFileSync(
      join(temporary, 'one', 'state.json'),
      JSON.stringify({ ...state, processes: [...parts, stranger] }),
    );
    const { url } = await start('one');
    for (const part of parts) expect(markProcess(part.pid)?.startedAt).not.toBe(part.startedAt);
    expect((await fetch(`${url}/graphql`)).status).toBe(200);
  });

  it('refuses a second start on the same folder by name, and runs two on two folders', async () => {
    const one = await start('one');
    const again = await start('one');
    expect(again.words()).toMatch(
      new RegExp(`refused SERVER_RUNNING a server already runs on .*process ${one.child.pid}, ${one.url}`),
    );
    const two = await start('two');
    expect(two.url).not.toBe(one.url);
    const [seenByOne, seenByTwo] = [await ask(one.url), await ask(two.url)];
    expect(seenByTwo.DATABASE_URL).not.toBe(seenByOne.DATABASE_URL);
    expect(seenByTwo.S3_ENDPOINT).not.toBe(seenByOne.S3_ENDPOINT);
  });

  it('names the part that cannot start with its last lines, and ends the others', async () => {
    const main = join(root, 'apps', 'worker', 'src', 'main.ts');
    writeFileSync(main, `console.error('the worker misses its tools'); process.exit(4);`);
    const { child, words } = await start('one');
    writeFileSync(main, worker);
    if (child.exitCode === null) await once(child, 'exit');
    expect(words()).toContain(
      'refused SERVICE_FAILED "worker" ended with code 4; its last lines:\n  the worker misses its tools',
    );
    expect(left()).toEqual([]);
  });
});
