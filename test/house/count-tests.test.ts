import { describe, expect, it } from 'vitest';
import { countTests } from '../../scripts/house/count-tests.ts';

const file = (...statuses: string[]) => ({
  status: statuses.includes('failed') ? 'failed' : 'passed',
  assertionResults: statuses.map((status) => ({ status })),
});
const report = (passed: number, failed: number, testResults: ReturnType<typeof file>[]) => ({
  numPassedTests: passed,
  numFailedTests: failed,
  numPendingTests: 0,
  testResults,
});

describe('countTests', () => {
  it('counts tests as Vitest does where all ran', () => {
    expect(countTests(report(2, 1, [file('passed', 'failed'), file('passed')]), 1)).toEqual({
      passed: 2,
      failed: 1,
      skipped: 0,
    });
  });

  it('counts a file that could not be loaded as a failure', () => {
    const broken = { status: 'failed', assertionResults: [] };
    expect(countTests(report(2, 0, [file('passed', 'passed'), broken]), 1).failed).toBe(1);
  });

  it('counts a bad end without a failed test as a failure', () => {
    expect(countTests(report(3, 0, [file('passed', 'passed', 'passed')]), 1).failed).toBe(1);
  });

  it('counts a missing report as a failure', () => {
    expect(countTests(null, 0)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });
});
