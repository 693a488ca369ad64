import { CellMixerError } from '@cellmixer/errors';

/** @throws RUN_FAILED with the server's words, where something ended otherwise than well */
export function demandSuccess(
  what: string,
  ended: {
    readonly status: string;
    readonly errorMessage?: string | null;
    readonly errorCure?: string | null;
  },
): void {
  if (ended.status === 'SUCCEEDED') return;
  const { status, errorMessage, errorCure } = ended;
  throw new CellMixerError('RUN_FAILED', `${what} ended as ${status}: ${errorMessage ?? 'no reason given'}`, {
    cure: errorCure ?? 'Look into the server’s log, and start it again.',
  });
}
