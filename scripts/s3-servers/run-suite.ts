import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { countTests, type TestCounts, type TestReport } from '../house/count-tests.ts';

export type SuiteResult = TestCounts;

/** Steps of the journey's training. */
const STEPS = '50';

/**
 * Runs the contract suite and the whole journey of a lab's pictures with the environment that names a server; without
 * one it is the embedded server's turn. The journey has a PostgreSQL of its own, so that nothing is embedded.
 */
export async function runSuite(
  root: string,
  environment: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<SuiteResult> {
  const reportPath = join(root, '.data', 'test', `s3-report-${process.pid}.json`);
  mkdirSync(join(root, '.data', 'test'), { recursive: true });
  const code = await new Promise<number | null>((resolve) => {
    const run = spawn(
      process.execPath,
      [
        join(root, 'node_modules', 'vitest', 'vitest.mjs'),
        'run',
        'test/storage',
        'test/first-light/outside',
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${reportPath}`,
      ],
      { cwd: root, env: { ...process.env, ...environment, JOURNEY_STEPS: STEPS }, stdio: 'inherit', signal },
    );
    run.on('error', () => resolve(null));
    run.on('exit', resolve);
  });
  const counts = countTests(readReport(reportPath), code);
  rmSync(reportPath, { force: true });
  return counts;
}

function readReport(path: string): TestReport | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}
