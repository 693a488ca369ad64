import { RequestError } from './request-error.ts';

/** Somebody else has changed it since the asker looked. */
export function changedMeanwhile(noun: string, expectedRevision: number): RequestError {
  return new RequestError(
    'ConflictError',
    `${noun.toUpperCase().replaceAll(' ', '_')}_CHANGED`,
    `This ${noun} was changed by somebody else in the meantime (after revision ${expectedRevision}).`,
    { subject: 'expectedRevision', cure: 'Look at it again, then repeat your change.' },
  );
}
