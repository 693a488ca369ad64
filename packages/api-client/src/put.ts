import { request as overHttp } from 'node:http';
import { request as overHttps } from 'node:https';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';

/** Bytes up to which a file goes through memory in one piece: streams cost more than such files themselves. */
export const IN_ONE_PIECE = 8 * 1024 ** 2;

/** Milliseconds in which nothing moves, after which a connection is given up; as `fetch` does it. */
const SILENCE = 300_000;

export interface PutAnswer {
  readonly status: number;
  readonly text: string;
  /** The header of that name. */
  readonly retryAfter: string | undefined;
}

/** One PUT. Past `fetch`, which takes several times as long for a picture as sending its bytes does. */
export async function put(
  url: string,
  headers: Readonly<Record<string, string>>,
  body: Blob | Uint8Array<ArrayBuffer>,
  signal: AbortSignal | undefined,
): Promise<PutAnswer> {
  const size = body instanceof Blob ? body.size : body.length;
  const whole =
    body instanceof Blob && size <= IN_ONE_PIECE ? new Uint8Array(await body.arrayBuffer()) : body;
  const address = new URL(url);
  return new Promise((resolve, reject) => {
    const request = (address.protocol === 'https:' ? overHttps : overHttp)(address, {
      method: 'PUT',
      headers: { ...headers, 'content-length': size },
      timeout: SILENCE,
      ...(signal && { signal }),
    });
    request.on('error', reject);
    request.on('timeout', () => request.destroy(new Error(`silent for ${SILENCE / 1000} s`)));
    request.on('response', (response) => {
      const { statusCode = 0, headers: answered } = response;
      text(response).then(
        (words) => resolve({ status: statusCode, text: words, retryAfter: answered['retry-after'] }),
        reject,
      );
    });
    if (whole instanceof Blob) pipeline(Readable.fromWeb(whole.stream()), request).catch(reject);
    else request.end(whole);
  });
}
