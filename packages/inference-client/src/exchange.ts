import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';

export interface ExchangeRequest {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  /** The body's parts in a row; none for a request without a body. */
  readonly body: readonly Uint8Array[];
  readonly signal: AbortSignal | undefined;
}

export interface ExchangeResponse {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: IncomingMessage['headers'];
  readonly body: Uint8Array<ArrayBuffer>;
}

/**
 * One request and its whole answer, on a connection that is kept. Node's own client and not `fetch`, whose streams copy
 * each of the megabytes of a prediction several times.
 *
 * @throws what the connection throws
 */
export async function exchange({
  url,
  method,
  headers,
  body,
  signal,
}: ExchangeRequest): Promise<ExchangeResponse> {
  const length = body.reduce((sum, part) => sum + part.length, 0);
  const open = url.startsWith('https:') ? requestHttps : requestHttp;
  const sent = open(url, {
    method,
    headers: method === 'GET' ? headers : { ...headers, 'content-length': length },
    ...(signal === undefined ? {} : { signal }),
  });
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    sent.once('response', resolve);
    // Stays on: a connection may break again after its answer has begun.
    sent.on('error', reject);
  });
  for (const part of body) sent.write(part);
  sent.end();
  const response = await answered;
  return { status: response.statusCode ?? 0, headers: response.headers, body: await readAll(response) };
}

async function readAll(response: IncomingMessage): Promise<Uint8Array<ArrayBuffer>> {
  const told = Number(response.headers['content-length'] ?? Number.NaN);
  let body = new Uint8Array(Number.isSafeInteger(told) ? told : 2 ** 16);
  let length = 0;
  for await (const chunk of response) {
    const piece: Uint8Array = chunk;
    if (length + piece.length > body.length) {
      const larger = new Uint8Array(Math.max(2 * body.length, length + piece.length));
      larger.set(body);
      body = larger;
    }
    body.set(piece, length);
    length += piece.length;
  }
  return length === body.length ? body : body.subarray(0, length);
}
