import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { ErrorCode } from '@cellmixer/errors';

/** What the front door itself answers. */
export interface Answer {
  readonly status: 400 | 404 | 502 | 503 | 504;
  readonly code: ErrorCode;
  readonly title: string;
  readonly says: string;
  /** Seconds after which asking again is worth it. */
  readonly retryAfter?: number;
}

export const STARTING: Answer = {
  status: 503,
  code: 'SERVICE_UNAVAILABLE',
  title: 'Starting',
  says: 'CellMixer is starting. This page asks again by itself.',
  retryAfter: 2,
};
export const NOWHERE: Answer = {
  status: 404,
  code: 'INVALID_ARGUMENT',
  title: 'Not found',
  says: 'There is nothing at this address.',
};
export const MALFORMED: Answer = {
  status: 400,
  code: 'INVALID_ARGUMENT',
  title: 'Bad request',
  says: 'This address cannot be read.',
};

/** What a failure of the server behind a route means to the one who asked. */
export function answerFor(error: Error & { code?: string }): Answer {
  if (error.code === 'ECONNREFUSED') return STARTING;
  if (error.code === 'ERR_UPSTREAM_UPGRADE_TIMEOUT') {
    return {
      status: 504,
      code: 'SERVICE_UNAVAILABLE',
      title: 'Too slow',
      says: 'This part of the server did not answer in time.',
      retryAfter: 5,
    };
  }
  return {
    status: 502,
    code: 'SERVICE_UNAVAILABLE',
    title: 'Interrupted',
    says: 'This part of the server did not answer.',
    retryAfter: 2,
  };
}

/** Answers a browser by a plain page and everybody else by the JSON that GraphQL clients understand. */
export function send(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  const forBrowser = (request.headers.accept ?? '').includes('text/html');
  const body = forBrowser ? page(answer) : json(answer);
  if (answer.retryAfter !== undefined) response.setHeader('retry-after', answer.retryAfter);
  response.writeHead(answer.status, {
    'content-type': forBrowser ? 'text/html; charset=utf-8' : 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}

/** Answers a request for a WebSocket that cannot be had, and closes. */
export function refuseUpgrade(socket: Duplex, answer: Answer): void {
  if (socket.destroyed || !socket.writable) return;
  const retry = answer.retryAfter === undefined ? '' : `Retry-After: ${answer.retryAfter}\r\n`;
  socket.end(
    `HTTP/1.1 ${answer.status} ${answer.title}\r\n${retry}Connection: close\r\nContent-Length: 0\r\n\r\n`,
  );
}

function json(answer: Answer): string {
  const { says: message, code } = answer;
  return JSON.stringify({ errors: [{ message, extensions: { code } }] });
}

function page(answer: Answer): string {
  const again =
    answer.retryAfter === undefined ? '' : `<meta http-equiv="refresh" content="${answer.retryAfter}">`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">${again}
<title>${answer.title} – CellMixer</title>
<style>body{font:1.1rem/1.5 system-ui,sans-serif;max-width:36rem;margin:20vh auto;padding:0 1rem}</style></head>
<body><h1>${answer.title}</h1><p>${answer.says}</p></body></html>
`;
}
