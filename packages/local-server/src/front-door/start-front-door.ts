import { Agent, createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { KEEP_ALIVE } from '@cellmixer/environment';
import { CellMixerError } from '@cellmixer/errors';
import { createProxyServer } from 'httpxy';
import { answerFor, MALFORMED, NOWHERE, refuseUpgrade, STARTING, send } from './answer.ts';
import { findRoute, type Route } from './find-route.ts';
import { dropOfOneConnection, prepareRequest } from './headers.ts';

export interface FrontDoorOptions {
  readonly host: string;
  readonly port: number;
  /** The address that people use; what our servers are told instead of the request's own claims. */
  readonly publicUrl: string;
  readonly routes: readonly Route[];
  /** Told of each failure of a server behind a route. */
  readonly onError?: (words: string) => void;
}

export interface FrontDoor {
  readonly port: number;
  /** Takes no new connection, and cuts those that live after three seconds. */
  stop(): Promise<void>;
}

/** The longest silence (ms) of a server behind a route, and the longest wait for its WebSocket. */
const SILENCE = 120_000;
const UPGRADE = 30_000;
/**
 * How long (ms) a connection to a server behind is kept unused. Those servers keep it much longer (`KEEP_ALIVE`): one that
 * they were about to close could take a request along.
 */
const UNUSED = 4000;

/**
 * One origin before all our servers: sends each request to the server of its path, streams both ways, passes
 * WebSockets on. `/healthz` answers always, `/readyz` once every route has its server.
 *
 * @throws CellMixerError SERVER_RUNNING where the port is taken or may not be listened on.
 */
export async function startFrontDoor(options: FrontDoorOptions): Promise<FrontDoor> {
  const publicUrl = new URL(options.publicUrl);
  const agent = new Agent({ keepAlive: true, maxSockets: 256, maxFreeSockets: 64, timeout: UNUSED });
  const proxy = createProxyServer({ proxyTimeout: SILENCE, upgradeTimeout: UPGRADE });
  const tell = (request: IncomingMessage, error: Error) => {
    const path = (request.url ?? '').split('?')[0];
    options.onError?.(`${request.method} ${path}: ${error.message}`);
  };
  // Else the server behind learns of a streamed question with its first byte only.
  proxy.on('proxyReq', (asked) => asked.flushHeaders());
  proxy.on('proxyRes', (answer, _request, response) => {
    dropOfOneConnection(answer.headers);
    // Else "keep-alive" is said also to who has asked to be let go.
    if (!response.shouldKeepAlive) answer.headers.connection = 'close';
  });
  proxy.on('error', (error, request, response) => {
    if (request === undefined) return;
    tell(request, error);
    if (response instanceof Socket) refuseUpgrade(response, answerFor(error));
    else if (response !== undefined && 'writeHead' in response) sendUnlessGone(request, response, error);
  });

  const server = createServer({
    maxHeaderSize: 32_768,
    headersTimeout: 30_000,
    requestTimeout: 300_000,
    keepAliveTimeout: KEEP_ALIVE,
  });
  server.maxConnections = 4096;
  server.on('request', (request, response) => {
    const path = pathOf(request);
    if (path === null) return send(request, response, MALFORMED);
    if (path === '/healthz') return sayPlainly(response, 200, 'ok');
    if (path === '/readyz') return sayReadiness(response, options.routes);
    const route = findRoute(options.routes, path);
    if (route === undefined) return send(request, response, NOWHERE);
    const target = route.upstream();
    if (target === null) return send(request, response, STARTING);
    prepareRequest(request, publicUrl);
    void proxy.web(request, response, { target, agent });
  });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    const path = pathOf(request);
    const route = path === null ? undefined : findRoute(options.routes, path);
    if (route === undefined || !(socket instanceof Socket)) return refuseUpgrade(socket, NOWHERE);
    const target = route.upstream();
    if (target === null) return refuseUpgrade(socket, STARTING);
    prepareRequest(request, publicUrl);
    upgraded.add(socket);
    socket.once('close', () => upgraded.delete(socket));
    proxy.ws(request, socket, { target }, head).catch((error: Error) => tell(request, error));
  });
  const upgraded = new Set<Socket>();

  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(cannotListen(options, error)));
    server.listen(options.port, options.host, resolve);
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : options.port,
    async stop() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of upgraded) socket.destroy();
      server.closeIdleConnections();
      const force = setTimeout(() => server.closeAllConnections(), 3000);
      await closed;
      clearTimeout(force);
      agent.destroy();
    },
  };

  function sendUnlessGone(request: IncomingMessage, response: ServerResponse, error: Error): void {
    if (!request.socket.destroyed) send(request, response, answerFor(error));
  }
}

/** The path of a request for ourselves; null where it names another host or is no path. */
function pathOf(request: IncomingMessage): string | null {
  const url = request.url ?? '';
  return url.startsWith('/') ? (url.split('?')[0] ?? '/') : null;
}

function sayPlainly(response: ServerResponse, status: number, words: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' });
  response.end(`${words}\n`);
}

function sayReadiness(response: ServerResponse, routes: readonly Route[]): void {
  const missing = routes.filter((route) => route.upstream() === null).map((route) => route.prefix);
  sayPlainly(
    response,
    missing.length === 0 ? 200 : 503,
    missing.length === 0 ? 'ready' : `waiting for ${missing.join(', ')}`,
  );
}

function cannotListen(options: FrontDoorOptions, error: NodeJS.ErrnoException): CellMixerError {
  const why = error.code === 'EADDRINUSE' ? 'somebody else listens there' : error.message;
  return new CellMixerError(
    'SERVER_RUNNING',
    `the front door cannot listen on ${options.host}:${options.port}: ${why}`,
    {
      subject: `${options.host}:${options.port}`,
      cure: 'Set PORT to a free port, or leave it out: then the next free one is taken.',
      cause: error,
    },
  );
}
