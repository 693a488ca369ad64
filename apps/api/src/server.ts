import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import { ApolloServerPluginDrainHttpServer } from '@apollo/server/plugin/drainHttpServer';
import { expressMiddleware } from '@as-integrations/express5';
import type { Database } from '@cellmixer/database';
import type { Queue } from '@cellmixer/jobs';
import type { Storage } from '@cellmixer/storage';
import { ApolloArmor } from '@escape.tech/graphql-armor';
import { fromNodeHeaders, toNodeHandler } from 'better-auth/node';
import express, { type Request } from 'express';
import type { Logger } from 'pino';
import type { Auth } from './auth/create-auth.ts';
import type { FirstAccount } from './auth/first-account.ts';
import { readActor } from './auth/read-actor.ts';
import { signUpRoutes } from './auth/sign-up-routes.ts';
import type { Context } from './graphql/context.ts';
import { formatError } from './graphql/format-error.ts';
import { schema } from './schema.ts';

export interface ServerParts {
  readonly database: Database;
  readonly storage: Storage;
  readonly queue: Queue;
  readonly auth: Auth;
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
  app.set('trust proxy', 'loopback');
  const server = createServer({ maxHeaderSize: 32_768 }, app);
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
  app.all('/api/auth/{*path}', toNodeHandler(parts.auth));
  app.use(
    '/graphql',
    // A table of 2 MiB, written as JSON.
    express.json({ limit: '5mb' }),
    expressMiddleware(apollo, { context: ({ req }) => contextOf(parts, req) }),
  );

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    stop: () => apollo.stop(),
  };
}

async function startApollo(httpServer: Server, { log }: ServerParts): Promise<ApolloServer<Context>> {
  const armor = new ApolloArmor({
    maxDepth: { n: 12 },
    maxAliases: { n: 15 },
    maxDirectives: { n: 10 },
    maxTokens: { n: 3000 },
    costLimit: { maxCost: 20_000 },
  }).protect();
  const apollo = new ApolloServer<Context>({
    schema,
    introspection: true,
    csrfPrevention: true,
    formatError: (formatted, error) => formatError(formatted, error, log),
    allowBatchedHttpRequests: false,
    validationRules: [...armor.validationRules],
    plugins: [
      // Typed against the same library's other module format.
      ...(armor.plugins as unknown as ApolloServerPlugin<Context>[]),
      ApolloServerPluginDrainHttpServer({ httpServer, stopGracePeriodMillis: 5000 }),
    ],
    stopOnTerminationSignals: false,
  });
  await apollo.start();
  return apollo;
}

async function contextOf(
  { database, storage, queue, auth, publicUrl, inferenceReady }: ServerParts,
  request: Request,
): Promise<Context> {
  const read = () => readActor(database, auth, fromNodeHeaders(request.headers));
  return {
    actor: await read(),
    readActor: read,
    database,
    storage,
    queue,
    auth,
    publicUrl,
    inferenceReady,
    requestId: request.get('x-request-id') ?? randomUUID(),
  };
}
