/**
 * Runs every test, or those whose path holds an argument, and closes with `N passed, N failed`. After all of them comes
 * one journey through the portal in a real browser; the others are `npm run test:journeys`.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { NO_BROWSER } from '../test/journeys/find-chromium.ts';
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

const tested = countTests(readReport(), run.status);
rmSync(reportPath, { force: true });
const journey = process.argv.length > 2 || run.signal !== null ? null : walkJourney();
const counts = {
  passed: tested.passed + Number(journey === 'passed'),
  failed: tested.failed + Number(journey === 'failed'),
  skipped: tested.skipped + Number(journey === 'skipped'),
};
if (counts.skipped > 0) console.log(`\n${counts.skipped} skipped (each names what it needs)`);
console.log(`\n${counts.passed} passed, ${counts.failed} failed`);
process.exitCode = counts.failed > 0 ? 1 : 0;

/** From an empty lab to a number, by mouse. */
function walkJourney(): 'passed' | 'failed' | 'skipped' {
  console.log('\nThe six steps through the portal, in a browser:');
  const { status } = spawnSync(
    process.execPath,
    [join(root, 'scripts', 'run.mjs'), 'test:journeys', 'six-steps', '--grep', 'by mouse'],
    { cwd: root, stdio: 'inherit' },
  );
  // It has said so itself.
  if (status === NO_BROWSER) return 'skipped';
  return status === 0 ? 'passed' : 'failed';
}

function readReport(): TestReport | null {
  try {
    return JSON.parse(readFileSync(reportPath, 'utf8'));
  } catch {
    return null;
  }
}
