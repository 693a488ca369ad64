import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { healthPaths, type ObjectFolder } from '../disk/object-folder.ts';
import { isCode } from '../disk/sync-folder.ts';
import { readTarget } from '../protocol/request-target.ts';
import { S3Error } from '../protocol/s3-error.ts';
import { type Account, authenticate } from '../signature/authenticate.ts';
import { allowOrigin, answerPreflight } from './cors.ts';
import { respondEmpty, respondError } from './respond.ts';
import { route } from './route.ts';

export interface Service {
  readonly store: ObjectFolder;
  readonly account: Account;
  readonly allowedOrigins: readonly string[];
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Told of what is nobody's request's fault. */
  readonly onFault: (message: string, error: unknown) => void;
}

/** A refused client may go on sending its body for that long before the connection is cut. */
const patienceMs = 10_000;

/** Answers one request, whatever happens. `waits`: the client wants to be asked for its body. */
export async function handleRequest(
  service: Service,
  request: IncomingMessage,
  response: ServerResponse,
  waits: boolean,
): Promise<void> {
  response.setHeader('x-amz-request-id', randomUUID());
  response.setHeader('server', 'CellMixer object store');
  try {
    await answer(service, request, response, waits);
  } catch (error) {
    if (response.headersSent || response.destroyed || request.errored) {
      response.destroy();
      return;
    }
    respondError(request, response, asRefusal(service, error), request.url?.split('?', 1)[0] ?? '');
  }
  if (!request.complete) {
    setTimeout(() => {
      if (!request.complete) request.destroy();
    }, patienceMs).unref();
  }
}

async function answer(
  service: Service,
  request: IncomingMessage,
  response: ServerResponse,
  waits: boolean,
): Promise<void> {
  const { method = 'GET', url = '/' } = request;
  const allowed = allowOrigin(request, response, service.allowedOrigins);
  if (method === 'OPTIONS') return answerPreflight(request, response, allowed);
  if (healthPaths.includes(url) && (method === 'GET' || method === 'HEAD'))
    return respondEmpty(response, 200);
  const target = readTarget(url);
  const now = service.now();
  const authentication = authenticate(request, target, service.account, now);
  const operation = route(method, target, request.headers['x-amz-copy-source'] !== undefined);
  await operation({
    request,
    response,
    target,
    authentication,
    store: service.store,
    region: service.account.region,
    now,
    askForBody: () => {
      if (waits) response.writeContinue();
    },
  });
}

function asRefusal(service: Service, error: unknown): S3Error {
  if (error instanceof S3Error) return error;
  service.onFault('a request failed', error);
  if (isCode(error, 'ENOSPC', 'EDQUOT')) return new S3Error('InsufficientStorage', 'The disk is full');
  return new S3Error('InternalError', 'The server could not do this; its log tells why');
}
