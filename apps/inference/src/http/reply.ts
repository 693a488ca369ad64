import type { ServerResponse } from 'node:http';
import { CellMixerError, type ErrorCode } from '@cellmixer/errors';
import { BusyError } from '../scheduling/admission.ts';

export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly parts: readonly Uint8Array[];
  /** Gives back what the parts lie in; called when they have left. */
  readonly release?: () => void;
}

export function jsonReply(value: unknown, status = 200): Reply {
  return {
    status,
    headers: { 'content-type': 'application/json' },
    parts: [Buffer.from(JSON.stringify(value))],
  };
}

/** Where a client left, nobody reads the answer; the number is for the metrics. */
export const clientLeft = 499;

const statuses: Partial<Record<ErrorCode, number>> = {
  INVALID_ARGUMENT: 400,
  NOT_AUTHENTICATED: 401,
  MODEL_NOT_FOUND: 404,
  REQUEST_TOO_LARGE: 413,
  MODEL_UNREADABLE: 422,
  SERVICE_BUSY: 429,
  CANCELLED: 503,
  SERVICE_UNAVAILABLE: 503,
  DEADLINE_EXCEEDED: 504,
};

/** An error as the protocol wants it, with the code and the cure beside the words. What is not ours stays inside. */
export function errorReply(error: unknown): Reply {
  if (!(error instanceof CellMixerError))
    return jsonReply({ error: 'the server failed; its log says how' }, 500);
  const { code, message, cure } = error;
  const reply = jsonReply(
    { error: cure === undefined ? message : `${message}. ${cure}`, code, cure },
    statuses[code] ?? 500,
  );
  const extra: Record<string, string> = {};
  if (error instanceof BusyError) extra['retry-after'] = String(error.retryAfterSeconds);
  if (code === 'NOT_AUTHENTICATED') extra['www-authenticate'] = 'Bearer';
  return { ...reply, headers: { ...reply.headers, ...extra } };
}

export function send(response: ServerResponse, reply: Reply): void {
  const length = reply.parts.reduce((sum, part) => sum + part.length, 0);
  // With the connection: some way or other it ends, and then nobody reads the parts any more.
  if (reply.release !== undefined) response.once('close', reply.release);
  response.writeHead(reply.status, { ...reply.headers, 'content-length': length });
  response.cork();
  for (const part of reply.parts) if (part.length > 0) response.write(part);
  response.uncork();
  response.end();
}
