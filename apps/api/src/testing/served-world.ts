import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiClient } from '@cellmixer/api-client';
import { type Database, openDatabase } from '@cellmixer/database';
import { migrate } from '@cellmixer/database/migrations';
import { openQueue, type Queue } from '@cellmixer/jobs';
import { startPostgres } from '@cellmixer/local-server';
import { startObjectStore } from '@cellmixer/local-server/object-store';
import { openStorage, type Storage } from '@cellmixer/storage';
import { pino } from 'pino';
import { createAuth } from '../auth/create-auth.ts';
import { FirstAccount } from '../auth/first-account.ts';
import { startServer } from '../server.ts';
import { makeWorld, type Who, type World } from './world.ts';

/** The world of two labs behind a real server with its database, bucket and queue; nobody takes its jobs. */
export interface ServedWorld extends AsyncDisposable {
  readonly url: string;
  readonly world: World;
  readonly database: Database;
  readonly storage: Storage;
  readonly queue: Queue;
  /** SQL statements since the last call. */
  countStatements(): number;
  /** Asks over HTTP as somebody. */
  clientOf(who: Who): Promise<ApiClient>;
}

export async function serveWorld(): Promise<ServedWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'cm-served-'));
  const postgres = await startPostgres({ folder: join(folder, 'postgres') });
  await migrate(postgres.url);
  let statements = 0;
  const database = openDatabase(postgres.url, { onStatement: () => statements++ });
  const world = await makeWorld(database);
  const account = { accessKey: 'test-access', secretKey: 'test-secret-of-the-suite', region: 'us-east-1' };
  const store = await startObjectStore({
    folder: join(folder, 'objects'),
    host: '127.0.0.1',
    port: 0,
    allowedOrigins: [],
    ...account,
  });
  const storage = openStorage({
    endpoint: store.endpoint,
    publicEndpoint: store.endpoint,
    bucket: 'cellmixer',
    ...account,
  });
  await storage.ensureBucket();
  const queue = await openQueue({ databaseUrl: postgres.url, supervise: false, onError: () => {} });
  const publicUrl = 'http://lab.example';
  const auth = createAuth(database, { publicUrl, secret: 'x'.repeat(32) });
  const firstAccount = await FirstAccount.open(database, auth);
  const log = pino({ level: 'warn' });
  const server = await startServer(
    { database, storage, queue, auth, firstAccount, log, publicUrl, inferenceReady: async () => null },
    '127.0.0.1',
    0,
  );
  const url = `http://127.0.0.1:${server.port}`;
  return {
    url,
    world,
    database,
    storage,
    queue,
    countStatements: () => {
      const count = statements;
      statements = 0;
      return count;
    },
    clientOf: async (who) => {
      if (who === 'anonymous') return new ApiClient({ url });
      return new ApiClient({ url, apiKey: await makeKey(database, world.actors.get(who)?.userId ?? '') });
    },
    async [Symbol.asyncDispose]() {
      await server.stop();
      await queue.stop({ graceful: false });
      await database.$disconnect();
      await store.stop();
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A key of a person, in their first lab, that may do all that they may. */
async function makeKey(database: Database, userId: string): Promise<string> {
  const key = `cm_${randomUUID()}`;
  const { organizationId } = await database.member.findFirstOrThrow({ where: { userId } });
  await database.apiKey.create({
    data: {
      organizationId,
      userId,
      name: 'test',
      prefix: key.slice(0, 6),
      hash: createHash('sha256').update(key).digest('hex'),
      scopes: ['manage'],
    },
  });
  return key;
}
