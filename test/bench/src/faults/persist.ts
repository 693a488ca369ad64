import { setTimeout as pause } from 'node:timers/promises';
import { CellMixerError } from '@cellmixer/errors';

const passing = ['SERVICE_UNAVAILABLE', 'SERVICE_BUSY'];
/** How long (ms) somebody tries. */
const PATIENCE = 180_000;

/** Does what a person would: tries again while the server cannot be reached or breaks, for three minutes. */
export async function persist<Result>(work: () => Promise<Result>): Promise<Result> {
  const until = Date.now() + PATIENCE;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (Date.now() > until || !isPassing(error)) throw error;
      await pause(500);
    }
  }
}

function isPassing(error: unknown): boolean {
  if (!(error instanceof CellMixerError)) return false;
  return passing.includes(error.code) || (error.code === 'API_REFUSED' && error.subject === 'INTERNAL');
}
