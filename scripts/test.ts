/** Runs every test, or those whose path holds an argument, and closes with `N passed, N failed`. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { countTests, type TestReport } from './house/count-tests.ts';

const root = resolve(import.meta.dirname, '..');
const reportPath = join(root, '.data', 'test', `report-${process.pid}.json`);
mkdirSync(join(root, '.data', 'test'), { recursive: true });

// Vitest gets the terminal's Ctrl-C itself and ends in order; this process only waits for it.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => {});

const run = spawnSync(
  process.execPath,
  [
    join(root, 'node_modules', 'vitest', 'vitest.mjs'),
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${reportPath}`,
    ...process.argv.slice(2),
  ],
  { cwd: root, stdio: 'inherit' },
);

const counts = countTests(readReport(), run.status);
rmSync(reportPath, { force: true });
if (counts.skipped > 0) console.log(`\n${counts.skipped} skipped (each names what it needs)`);
console.log(`\n${counts.passed} passed, ${counts.failed} failed`);
process.exitCode = counts.failed > 0 ? 1 : 0;

function readReport(): TestReport | null {
  try {
    return JSON.parse(readFileSync(reportPath, 'utf8'));
  } catch {
    return null;
  }
}
