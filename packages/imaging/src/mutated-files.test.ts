import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { fixtures } from './testing/expected-facts.ts';

interface Outcome {
  readonly pictures: number;
  readonly codes: Readonly<Record<string, number>>;
  readonly wrong: readonly string[];
  readonly growthMiB: number;
}

it('500 damaged files each give a picture or an error of ours; none crashes, hangs or eats memory', async () => {
  const script = join(fixtures, 'open-mutated-files.ts');
  // In a process of its own: a crash of native code must fail this test, not end it. A hang is killed.
  const { stdout } = await promisify(execFile)(process.execPath, [script, '500', '1'], { timeout: 540_000 });
  const { pictures, codes, wrong, growthMiB }: Outcome = JSON.parse(stdout);
  expect(wrong).toEqual([]);
  expect(Object.keys(codes).sort()).toEqual(['IMAGE_TOO_LARGE', 'IMAGE_UNREADABLE', 'IMAGE_UNSUPPORTED']);
  const errors = Object.values(codes).reduce((sum, count) => sum + count, 0);
  expect(pictures + errors).toBe(500);
  // Neither everything refused nor everything swallowed.
  expect(pictures).toBeGreaterThan(100);
  expect(errors).toBeGreaterThan(200);
  expect(growthMiB).toBeLessThan(512);
});
