import { CellMixerError, type ErrorCode } from '@cellmixer/errors';

/** What the command's end tells a script; printed by `cellmixer --help`. */
export const exitCodes = {
  0: 'done',
  1: 'a fault of the program itself',
  2: 'the command line is wrong: an unknown option, a value out of range',
  3: 'the pictures, the model or a folder cannot be used as they are',
  4: 'this machine lacks what was asked for (execution provider)',
  130: 'stopped by Ctrl-C; a training run left a checkpoint for --resume',
} as const;

const byError: Partial<Record<ErrorCode, keyof typeof exitCodes>> = {
  INVALID_ARGUMENT: 2,
  PROVIDER_UNAVAILABLE: 4,
  GRAPH_INVALID: 1,
  CANCELLED: 130,
};

export function exitCodeOf(error: unknown): number {
  if (!(error instanceof CellMixerError)) return 1;
  return byError[error.code] ?? 3;
}
