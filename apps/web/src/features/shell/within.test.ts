import { expect, it } from 'vitest';
import { within } from './within.ts';

it('gives what comes in time, and null for what comes later', async () => {
  expect(await within(60_000, Promise.resolve('here'))).toBe('here');
  let come = (_: string) => {};
  const late = new Promise<string>((done) => {
    come = done;
  });
  expect(await within(1, late)).toBeNull();
  come('after all');
  expect(await late).toBe('after all');
});

it('passes on what goes wrong in time', async () => {
  await expect(within(60_000, Promise.reject(new Error('refused')))).rejects.toThrow('refused');
});
