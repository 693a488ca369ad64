import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { fromNodeHeaders } from 'better-auth/node';
import {
  type ExecutionArgs,
  type FormattedExecutionResult,
  GraphQLError,
  type GraphQLFormattedError,
  getOperationAST,
  OperationTypeNode,
} from 'graphql';
import type { ExecutionResult, Context as SocketContext, SubscribePayload } from 'graphql-ws';
import { type Extra, useServer } from 'graphql-ws/use/ws';
import { type WebSocket, WebSocketServer } from 'ws';
import { formatError } from '../graphql/format-error.ts';
import { limits, readDocument } from '../graphql/limits.ts';
import { schema } from '../schema.ts';
import type { ServerParts } from '../server.ts';
import { LiveConnection } from './live-connection.ts';
import { subscribeLive } from './subscribe-live.ts';

/** How many there may be. */
export const most = { sockets: 4000, connectionsOfOne: 20, subscriptionsOfOne: 200 } as const;
/** Milliseconds from one ping to the next, and until its answer; and for the first message. */
const PING = 12_000;
const FIRST_MESSAGE = 10_000;
/** Milliseconds that a client has to close when the server stops. */
const GOODBYE = 2000;

export interface LiveDoor {
  /** Sends everybody away. */
  stop(): Promise<void>;
}

type Connected = SocketContext<Record<string, unknown> | undefined, Extra>;

/** Serves subscriptions at /graphql by the graphql-ws protocol; queries and mutations are refused there. */
export function openLiveDoor(server: Server, parts: ServerParts): LiveDoor {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: limits.messageBytes,
    perMessageDeflate: false,
  });
  const connections = new Map<Connected, LiveConnection>();
  const { log } = parts;

  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    const refusal = refusalOf(request, new URL(parts.publicUrl).origin, sockets.clients.size);
    if (refusal !== null) return refuse(socket, refusal);
    sockets.handleUpgrade(request, socket, head, (upgraded) => sockets.emit('connection', upgraded, request));
  });

  const door = useServer<Record<string, unknown> | undefined, Record<PropertyKey, never>>(
    {
      isProd: true,
      connectionInitWaitTimeout: FIRST_MESSAGE,
      onConnect: (context) => connect(context),
      onSubscribe: (context, _id, payload) => subscribe(context, payload),
      subscribe: subscribeLive,
      execute: refuseToExecute,
      onError: (_context, _id, _payload, errors) => errors.map((error) => tidy(error)),
      onNext: (_context, _id, _payload, _args, result) => tidyResult(result),
      onClose: (context) => {
        connections.get(context)?.end();
        connections.delete(context);
      },
    },
    sockets,
    PING,
  );
  return {
    async stop() {
      const force = setTimeout(() => {
        for (const socket of sockets.clients) socket.terminate();
      }, GOODBYE);
      await door.dispose();
      clearTimeout(force);
    },
  };

  async function connect(context: Connected): Promise<boolean> {
    const { socket, request } = context.extra;
    const headers = fromNodeHeaders(request.headers);
    // Browsers cannot send this header along with a WebSocket.
    const authorization = context.connectionParams?.authorization;
    if (typeof authorization === 'string') headers.set('authorization', authorization);
    const requestId = headers.get('x-request-id') ?? randomUUID();
    const connection = await LiveConnection.open(parts, headers, requestId, () =>
      socket.close(4401, 'The session has ended.'),
    );
    if (connection === null) return sendAway(socket, 4401, 'Nobody is signed in.');
    const others = [...connections.values()].filter(({ name }) => name === connection.name);
    if (others.length >= most.connectionsOfOne || socket.readyState !== socket.OPEN) {
      connection.end();
      return sendAway(socket, 4429, `More than ${most.connectionsOfOne} connections of one person or key.`);
    }
    connections.set(context, connection);
    return true;
  }

  async function subscribe(
    context: Connected,
    { query, operationName, variables }: SubscribePayload,
  ): Promise<ExecutionArgs | readonly GraphQLError[]> {
    const connection = connections.get(context);
    if (connection === undefined) return [refused('SESSION_ENDED', 'The session has ended.')];
    const document = readDocument(query);
    if (!('kind' in document)) return document;
    const operation = getOperationAST(document, operationName);
    if (operation?.operation !== OperationTypeNode.SUBSCRIPTION)
      return [refused('SUBSCRIPTION_ONLY', 'Queries and mutations are sent by HTTP, not by WebSocket.')];
    if (subscriptionsOf(connection.name) > most.subscriptionsOfOne)
      return [
        refused('SUBSCRIPTIONS_TOO_MANY', `More than ${most.subscriptionsOfOne} subscriptions at once.`),
      ];
    const contextValue = await connection.renew();
    if (contextValue === null) return [refused('SESSION_ENDED', 'The session has ended.')];
    return { schema, document, operationName, variableValues: variables, contextValue };
  }

  /** Those of all connections of one person or key, the one that is being asked for included. */
  function subscriptionsOf(name: string): number {
    let count = 0;
    for (const [context, connection] of connections)
      if (connection.name === name) count += Object.keys(context.subscriptions).length;
    return count;
  }

  function tidyResult({ data = null, errors }: ExecutionResult): FormattedExecutionResult | undefined {
    return errors === undefined ? undefined : { data, errors: errors.map((error) => tidy(error)) };
  }

  function tidy(error: GraphQLError | GraphQLFormattedError): GraphQLFormattedError {
    const broke = error instanceof GraphQLError && error.originalError !== undefined;
    const code = broke ? 'INTERNAL_SERVER_ERROR' : 'GRAPHQL_VALIDATION_FAILED';
    const formatted = error instanceof GraphQLError ? error.toJSON() : error;
    return formatError({ ...formatted, extensions: { code, ...formatted.extensions } }, error, log);
  }
}

interface Refusal {
  readonly status: string;
  readonly words: string;
}

function refusalOf(request: IncomingMessage, ownOrigin: string, connected: number): Refusal | null {
  if ((request.url ?? '').split('?')[0] !== '/graphql')
    return { status: '404 Not Found', words: 'Subscriptions are at /graphql.' };
  // Browsers always tell the page's origin; others have no pages and no cookies of somebody else.
  const { origin } = request.headers;
  if (origin !== undefined && origin !== ownOrigin)
    return {
      status: '403 Forbidden',
      words: `Pages of ${origin} may not connect; those of ${ownOrigin} may.`,
    };
  if (connected >= most.sockets)
    return { status: '503 Service Unavailable', words: 'There are too many connections; try again later.' };
  return null;
}

function refuse(socket: Duplex, { status, words }: Refusal): void {
  socket.end(
    `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Type: text/plain; charset=utf-8\r\n` +
      `Content-Length: ${Buffer.byteLength(words)}\r\n\r\n${words}`,
  );
}

function sendAway(socket: WebSocket, code: number, reason: string): false {
  socket.close(code, reason);
  return false;
}

function refused(code: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code } });
}

function refuseToExecute(): never {
  throw new Error('only subscriptions come here');
}
