import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import { ApolloServerPluginDrainHttpServer } from '@apollo/server/plugin/drainHttpServer';
import { expressMiddleware } from '@as-integrations/express5';
import type { Database } from '@cellmixer/database';
import { KEEP_ALIVE } from '@cellmixer/environment';
import type { Changes, Queue } from '@cellmixer/jobs';
import type { Storage } from '@cellmixer/storage';
import { fromNodeHeaders, toNodeHandler } from 'better-auth/node';
import express, { type NextFunction, type Request, type Response } from 'express';
import type { Logger } from 'pino';
import type { Actor } from './access/actor.ts';
import type { Auth } from './auth/create-auth.ts';
import type { FirstAccount } from './auth/first-account.ts';
import { review } from './auth/review-route.ts';
import { signUpRoutes } from './auth/sign-up-routes.ts';
import { runByLevel } from './execution/apollo-gateway.ts';
import type { Context } from './graphql/context.ts';
import { formatError } from './graphql/format-error.ts';
import { limitPlugins, limitRules, limits, parseOptions, tooLong } from './graphql/limits.ts';
import { makeContext } from './graphql/make-context.ts';
import { openLiveDoor } from './live/live-door.ts';
import { schema } from './schema.ts';

export interface ServerParts {
  readonly database: Database;
  readonly storage: Storage;
  readonly queue: Queue;
  readonly changes: Changes;
  readonly auth: Auth;
  /** Who sends a request with these headers. */
  readonly readActor: (headers: Headers) => Promise<Actor>;
  /** The one origin whose pages may connect. */
  readonly publicUrl: string;
  readonly firstAccount: FirstAccount;
  readonly inferenceReady: () => Promise<boolean | null>;
  readonly log: Logger;
}

export interface RunningServer {
  readonly port: number;
  stop(): Promise<void>;
}

/** Serves GraphQL, sign-in and the first account on one port of `host`. */
export async function startServer(parts: ServerParts, host: string, port: number): Promise<RunningServer> {
  const app = express();
  app.disable('x-powered-by');
  // Answers to questions that are posted are kept by nobody: no need to hash each.
  app.disable('etag');
  app.set('trust proxy', 'loopback');
  const server = createServer({ maxHeaderSize: 32_768, keepAliveTimeout: KEEP_ALIVE }, app);
  const apollo = await startApollo(server, parts);

  app.get('/healthz', (_request, response) => void response.json({ alive: true }));
  app.get('/readyz', async (_request, response) => {
    const ready = await parts.database.$queryRaw`SELECT 1`.then(
      () => true,
      () => false,
    );
    response.status(ready ? 200 : 503).json({ ready });
  });
  app.use('/api/auth', signUpRoutes(parts));
  app.get('/api/review', (request, response) => review(parts, request, response));
  app.all('/api/auth/{*path}', toNodeHandler(parts.auth));
  app.use(
    '/graphql',
    express.json({ limit: limits.bytes }),
    refuseLongQueries,
    expressMiddleware(apollo, { context: ({ req }) => contextOf(parts, req) }),
  );

  app.use(sayUnreadable);
  const liveDoor = openLiveDoor(server, parts);

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    async stop() {
      // First, since the HTTP server waits for its connections, WebSockets among them.
      await liveDoor.stop();
      await apollo.stop();
    },
  };
}

async function startApollo(httpServer: Server, { log }: ServerParts): Promise<ApolloServer<Context>> {
  const apollo = new ApolloServer<Context>({
    gateway: runByLevel(schema),
    introspection: true,
    includeStacktraceInErrorResponses: false,
    csrfPrevention: true,
    formatError: (formatted, error) => formatError(formatted, error, log),
    allowBatchedHttpRequests: false,
    validationRules: [...limitRules],
    parseOptions,
    plugins: [
      ...limitPlugins,
      // It would look at every field of every answer, and nothing of ours may be cached on the way.
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginDrainHttpServer({ httpServer, stopGracePeriodMillis: 5000 }),
    ],
    stopOnTerminationSignals: false,
  });
  await apollo.start();
  return apollo;
}

async function contextOf(parts: ServerParts, request: Request): Promise<Context> {
  const readActor = () => parts.readActor(fromNodeHeaders(request.headers));
  const requestId = request.get('x-request-id') ?? randomUUID();
  return makeContext(parts, { actor: await readActor(), readActor, requestId, live: null });
}

function refuseLongQueries(request: Request, response: Response, next: NextFunction): void {
  const refused = tooLong(request.body?.query ?? request.query.query);
  if (refused === null) next();
  else response.status(400).json({ errors: [refused] });
}

/** A body that is too large or no JSON is answered like every other mistake. */
function sayUnreadable(
  error: { readonly status?: number; readonly message: string },
  _request: Request,
  response: Response,
  next: NextFunction,
): void {
  const { status = 500, message } = error;
  if (status >= 500 || response.headersSent) {
    next(error);
    return;
  }
  const extensions = { code: status === 413 ? 'REQUEST_TOO_LARGE' : 'BAD_REQUEST' };
  response.status(status).json({ errors: [{ message, extensions }] });
}
