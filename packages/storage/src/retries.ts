import { setTimeout as sleep } from 'node:timers/promises';
import { isTransient } from './translate-error.ts';

/** Milliseconds before the second, third … attempt: a store that is being restarted is back within that time. */
const pausesMs = [100, 300, 900, 2700];

/** Repeats work that can be repeated while the store cannot be reached or says that it is too busy. */
export async function withRetries<Result>(work: () => Promise<Result>): Promise<Result> {
  for (const pause of pausesMs) {
    try {
      return await work();
    } catch (error) {
      if (!isTransient(error)) throw error;
      await sleep(pause);
    }
  }
  return await work();
}
