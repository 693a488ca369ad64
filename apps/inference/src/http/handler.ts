import type { IncomingMessage, ServerResponse } from 'node:http';
import { CellMixerError } from '@cellmixer/errors';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import { authorise } from './authorise.ts';
import { clientLeft, errorReply, jsonReply, type Reply, send } from './reply.ts';
import { findRoute, type Route, type RouteName } from './routes.ts';

/** Answers one kind of request; `left` tells that its client is gone. */
export type RouteHandler = (request: IncomingMessage, route: Route, left: AbortSignal) => Promise<Reply>;

export interface HandlerOptions {
  readonly routes: Readonly<Record<RouteName, RouteHandler>>;
  readonly token: string | undefined;
  readonly metrics: Metrics;
  readonly log: Log;
}

/** A probe knows no token, and what it learns is no secret. */
const open: ReadonlySet<RouteName> = new Set(['live', 'ready']);

/** The rim of the service: finds who answers, and makes every failure an answer. */
export function createHandler({ routes, token, metrics, log }: HandlerOptions) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const leaving = new AbortController();
    response.once('close', () => {
      if (!response.writableFinished)
        leaving.abort(new CellMixerError('CANCELLED', 'the client left before its answer'));
    });
    const start = performance.now();
    const route = findRoute(request.method ?? '', request.url ?? '');
    const name = route !== undefined && 'name' in route ? route.name : 'unknown';
    let reply: Reply;
    try {
      reply = await answer(request, route, leaving.signal);
    } catch (error) {
      reply = errorReply(error);
      if (reply.status >= 500 && !leaving.signal.aborted)
        log.error({ err: error, route: name, url: request.url }, 'a request failed');
    }
    const status = leaving.signal.aborted ? clientLeft : reply.status;
    metrics.countRequest(name, status);
    log.debug(
      {
        route: name,
        url: request.url,
        status,
        ms: Math.round(performance.now() - start),
        requestId: request.headers['x-request-id'],
      },
      'answered',
    );
    if (leaving.signal.aborted) return;
    // An upload that was refused is read to its end, or the client would find its connection broken and not the answer.
    request.resume();
    send(response, reply);
  };

  async function answer(
    request: IncomingMessage,
    route: ReturnType<typeof findRoute>,
    left: AbortSignal,
  ): Promise<Reply> {
    if (route !== undefined && 'name' in route && open.has(route.name))
      return routes[route.name](request, route, left);
    authorise(request, token);
    if (route === undefined) return jsonReply({ error: `there is nothing at ${request.url}` }, 404);
    if ('name' in route) return routes[route.name](request, route, left);
    const reply = jsonReply({ error: `${request.url} takes ${route.allow} only` }, 405);
    return { ...reply, headers: { ...reply.headers, allow: route.allow } };
  }
}
