import { readEnvironment } from '@cellmixer/environment';
import { CellMixerError } from '@cellmixer/errors';

export interface Settings {
  /** Where the portal's server reaches the API. */
  readonly apiUrl: string;
  /** Where browsers reach the bucket; null where none is named. */
  readonly bucketOrigin: string | null;
}

let settings: Settings | undefined;

/** @throws INVALID_ARGUMENT where API_URL is missing */
export function readSettings(): Settings {
  settings ??= read();
  return settings;
}

function read(): Settings {
  const { API_URL, S3_PUBLIC_ENDPOINT } = readEnvironment(process.env);
  if (API_URL === undefined) {
    throw new CellMixerError('INVALID_ARGUMENT', 'API_URL is not set; the portal does not know its API', {
      subject: 'API_URL',
      cure: 'Set API_URL to the address at which this machine reaches the API, such as http://127.0.0.1:4860.',
    });
  }
  const bucketOrigin = S3_PUBLIC_ENDPOINT === undefined ? null : new URL(S3_PUBLIC_ENDPOINT).origin;
  return { apiUrl: API_URL, bucketOrigin };
}
