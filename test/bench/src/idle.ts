/**
 * `npm run bench:idle`: the memory of a lab's server at which nobody works. It is started as `npm start` does, left
 * alone for a minute, and what all its processes hold is summed; `idle.memory` is the sum of their PSS, MiB, the
 * supervisor included, npm and the launcher before it not.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Command } from 'commander';
import { printTable, type Row, writeFigures } from './report.ts';
import { memoryOfTree } from './speed/process-tree.ts';

const options = new Command('bench:idle')
  .option('--seconds <n>', 'how long the server is left alone', Number, 60)
  .option('--json <file>', 'write the figures there')
  .parse()
  .opts<{ seconds: number; json?: string }>();

if (!existsSync('/proc/self/smaps_rollup')) {
  console.error('This system does not tell what memory processes share (/proc/…/smaps_rollup, Linux).');
  process.exit(2);
}
const root = join(import.meta.dirname, '..', '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'cellmixer-idle-'));
const server = spawn(process.execPath, [join(root, 'packages', 'local-server', 'src', 'main.ts')], {
  cwd: root,
  env: { ...process.env, DATA_DIR: join(folder, 'server') },
  stdio: ['ignore', 'pipe', 'inherit'],
});
const ended = once(server, 'exit');
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => server.kill('SIGTERM'));
try {
  const seconds = await secondsToReady();
  await Promise.race([pause(1000 * options.seconds), ended]);
  if (server.exitCode !== null) throw new Error(`the server ended with ${server.exitCode}`);
  const processes = memoryOfTree(server.pid ?? 0).map(({ command, ...one }) => ({
    ...one,
    command: command.replace(`${root}/`, ''),
  }));
  const memory = processes.reduce((sum, one) => sum + one.pss, 0);
  const rows: Row[] = processes
    .toSorted((a, b) => b.pss - a.pss)
    .map(({ command, pss }) => ({ process: command, 'PSS, MiB': pss }));
  rows.push({ process: `all ${processes.length}`, 'PSS, MiB': memory });
  printTable(`The idle server, ${options.seconds} s after it was ready (${seconds.toFixed(1)} s)`, rows);
  if (options.json !== undefined) {
    writeFigures(options.json, { 'idle.memory': memory, 'idle.ready': seconds }, { processes });
  }
} finally {
  server.kill('SIGTERM');
  await ended;
  rmSync(folder, { recursive: true, force: true });
}

/** Waits for the line with the address. */
async function secondsToReady(): Promise<number> {
  const started = performance.now();
  let said = '';
  for await (const part of server.stdout.setEncoding('utf8').iterator({ destroyOnReturn: false })) {
    said += String(part);
    if (said.includes('CellMixer is at')) {
      server.stdout.resume();
      return (performance.now() - started) / 1000;
    }
  }
  throw new Error(`the server did not start:\n${said}`);
}
