import type { ErrorCode } from './codes.ts';

export interface ErrorDetails {
  /** What the reader can do about it, in one sentence. */
  readonly cure?: string;
  /** The thing that is at fault: a file, a setting, a cell line. */
  readonly subject?: string;
  readonly cause?: unknown;
}

/** The one error of this project. The message names the thing and the value; the cure says what to do. */
export class CellMixerError extends Error {
  readonly code: ErrorCode;
  readonly cure: string | undefined;
  readonly subject: string | undefined;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'CellMixerError';
    this.code = code;
    this.cure = details.cure;
    this.subject = details.subject;
  }
}
