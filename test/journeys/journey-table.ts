import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { FullResult, Reporter, TestCase, TestResult } from '@playwright/test/reporter';
import { printTable, type Row } from '../bench/src/report.ts';
import { pictures } from './pictures.ts';

/** What a run of journeys ends with: each journey and what became of it, and where its pictures lie. */
export default class JourneyTable implements Reporter {
  readonly #began = Date.now();
  readonly #rows = new Map<string, Row>();

  onTestEnd(test: TestCase, result: TestResult): void {
    this.#rows.set(test.id, {
      journey: test.title,
      file: relative(import.meta.dirname, test.location.file),
      seconds: Math.round(result.duration / 1000),
      end: result.status === 'timedOut' ? 'timed out' : result.status,
    });
  }

  onEnd({ status }: FullResult): void {
    printTable('Journeys', [...this.#rows.values()]);
    const made = existsSync(pictures)
      ? readdirSync(pictures).filter(
          (name) => name.endsWith('.png') && statSync(join(pictures, name)).mtimeMs >= this.#began,
        )
      : [];
    console.log(`\n${made.length} pictures of this run, light and dark, 360 and 1440 px: ${pictures}`);
    if (status !== 'passed')
      console.log(`What went on in a journey that failed, step by step: ${join(pictures, 'output')}`);
  }
}
