import { RequestError } from './request-error.ts';

/** Somebody else has changed it since the asker looked. */
export function changedMeanwhile(noun: string, expectedRevision: number): RequestError {
  return new RequestError(
    'ConflictError',
    `${noun.toUpperCase().replaceAll(' ', '_')}_CHANGED`,
    `This ${noun} is not at revision ${expectedRevision} any more.`,
    { subject: 'expectedRevision', cure: 'Read it again, look at what changed, and send yours once more.' },
  );
}
