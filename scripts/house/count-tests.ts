/** The part of Vitest's JSON report that is counted. */
export interface TestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly testResults: readonly {
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string }[];
  }[];
}

export interface TestCounts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/**
 * Counts honestly: a file that could not be loaded is one failure, and so is a run that ended badly though
 * no single test failed (an error outside of any test, a crash, no report at all).
 */
export function countTests(report: TestReport | null, exitCode: number | null): TestCounts {
  const broken = (report?.testResults ?? []).filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  );
  const failed = (report?.numFailedTests ?? 0) + broken.length;
  const endedBadly = exitCode !== 0 || report === null;
  return {
    passed: report?.numPassedTests ?? 0,
    failed: failed === 0 && endedBadly ? 1 : failed,
    skipped: report?.numPendingTests ?? 0,
  };
}
