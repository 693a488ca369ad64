import { CellMixerError } from '@cellmixer/errors';

const networkCodes = [
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ERR_STREAM_PREMATURE_CLOSE',
];
const busyCodes = [
  'SlowDown',
  'ServiceUnavailable',
  'InternalError',
  'RequestTimeout',
  'XMinioServerNotInitialized',
];
const absentCodes = ['NoSuchKey', 'NotFound'];

/** The store cannot be reached now or is too busy: worth another try. */
export function isTransient(error: unknown): boolean {
  const code = codeOf(error);
  if (networkCodes.includes(code) || busyCodes.includes(code)) return true;
  // The client's own words for 408, 429, 500, 502, 503 and 504.
  return error instanceof Error && /Retryable HTTP status: \d+|socket hang up/.test(error.message);
}

export function isAbsent(error: unknown): boolean {
  return absentCodes.includes(codeOf(error));
}

/** The code that S3 or the operating system gave, or an empty text. */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error) || !('code' in error)) return '';
  return typeof error.code === 'string' ? error.code : '';
}

/** What a caller gets to see: our error, with the key and what to do. Secrets and addresses are not in it. */
export function translate(error: unknown, subject: string, bucket: string): CellMixerError {
  if (error instanceof CellMixerError) return error;
  const code = codeOf(error);
  const details = { subject, cause: error };
  if (isAbsent(error)) {
    return new CellMixerError('OBJECT_NOT_FOUND', `"${subject}" is not in the bucket "${bucket}"`, {
      ...details,
      cure: 'It was deleted, or never finished; look at what points to it.',
    });
  }
  if (code === 'NoSuchUpload') {
    return new CellMixerError('UPLOAD_NOT_FOUND', `"${subject}": there is no such unfinished upload`, {
      ...details,
      cure: 'It was completed, aborted, or cleaned up after a day; begin it again.',
    });
  }
  if (isTransient(error)) {
    return new CellMixerError('STORAGE_UNAVAILABLE', `"${subject}": the object store cannot be reached`, {
      ...details,
      cure: 'Look whether the store runs and whether S3_ENDPOINT is its address.',
    });
  }
  const why = error instanceof Error ? error.message : String(error);
  return new CellMixerError(
    'STORAGE_REFUSED',
    `"${subject}": the object store refused (${code || 'no code'}): ${why}`,
    {
      ...details,
      cure: 'Look at S3_BUCKET, S3_REGION and the keys, and at the clocks of both machines.',
    },
  );
}
