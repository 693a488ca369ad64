import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiClient } from '@cellmixer/api-client';
import type { Database } from '@cellmixer/database';
import { Changes, openQueue, type Queue } from '@cellmixer/jobs';
import { startObjectStore } from '@cellmixer/local-server/object-store';
import { openStorage, type Storage } from '@cellmixer/storage';
import { pino } from 'pino';
import { type Auth, createAuth } from '../auth/create-auth.ts';
import { FirstAccount } from '../auth/first-account.ts';
import { readActor } from '../auth/read-actor.ts';
import { startServer } from '../server.ts';
import { openWorld } from './open-world.ts';
import type { Who, World } from './world.ts';

/** The world of two labs behind a real server with its database, bucket and queue; nobody takes its jobs. */
export interface ServedWorld extends AsyncDisposable {
  readonly url: string;
  /** What the server believes its address to be. */
  readonly publicUrl: string;
  readonly databaseUrl: string;
  readonly world: World;
  readonly database: Database;
  readonly storage: Storage;
  readonly queue: Queue;
  /** Asks over HTTP as somebody. */
  clientOf(who: Who): Promise<ApiClient>;
  /** Signs somebody in. @returns the cookie */
  signIn(who: Who): Promise<string>;
  /** Makes a key that may do all that its owner may. */
  makeKey(who: Who): Promise<{ readonly key: string; readonly id: string }>;
}

export async function serveWorld(): Promise<ServedWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'cm-served-'));
  const opened = await openWorld();
  const { databaseUrl, database, world } = opened;
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
  const queue = await openQueue({ databaseUrl, supervise: false, onError: () => {} });
  const changes = await Changes.open({ databaseUrl, onError: () => {} });
  const publicUrl = 'http://lab.example';
  const auth = createAuth(database, { publicUrl, secret: 'x'.repeat(32) });
  const firstAccount = await FirstAccount.open(database, auth);
  const log = pino({ level: 'warn' });
  const server = await startServer(
    {
      database,
      storage,
      queue,
      changes,
      auth,
      readActor: (headers) => readActor(database, auth, headers),
      firstAccount,
      log,
      publicUrl,
      inferenceReady: async () => null,
    },
    '127.0.0.1',
    0,
  );
  const url = `http://127.0.0.1:${server.port}`;
  const userOf = (who: Who) => world.actors.get(who)?.userId ?? '';
  let signIns = 0;
  return {
    url,
    publicUrl,
    databaseUrl,
    world,
    database,
    storage,
    queue,
    clientOf: async (who) => {
      if (who === 'anonymous' || who === 'reviewer') return new ApiClient({ url });
      return new ApiClient({ url, apiKey: (await makeKey(database, userOf(who))).key });
    },
    signIn: async (who) => {
      const { email, password } = await givePassword(database, auth, userOf(who));
      const response = await fetch(`${url}/api/auth/sign-in/email`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          origin: publicUrl,
          // Sign-ins are counted by address.
          'x-forwarded-for': `10.0.0.${++signIns}`,
        },
        body: JSON.stringify({ email, password }),
      });
      if (!response.ok) throw new Error(`${who} cannot sign in: ${await response.text()}`);
      return response.headers
        .getSetCookie()
        .map((cookie) => cookie.split(';', 1)[0])
        .join('; ');
    },
    makeKey: (who) => makeKey(database, userOf(who)),
    async [Symbol.asyncDispose]() {
      await server.stop();
      await changes.close();
      await queue.stop({ graceful: false });
      await store.stop();
      await opened[Symbol.asyncDispose]();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A key of a person, in their first lab, that may do all that they may. */
async function makeKey(database: Database, userId: string) {
  const key = `cm_${randomUUID()}`;
  const { organizationId } = await database.member.findFirstOrThrow({ where: { userId } });
  const { id } = await database.apiKey.create({
    data: {
      organizationId,
      userId,
      name: 'test',
      prefix: key.slice(0, 6),
      hash: createHash('sha256').update(key).digest('hex'),
      scopes: ['manage'],
    },
  });
  return { key, id };
}

async function givePassword(database: Database, auth: Auth, userId: string) {
  const password = 'correct horse 9';
  const { email } = await database.user.findUniqueOrThrow({ where: { id: userId } });
  if ((await database.account.count({ where: { userId } })) === 0) {
    const { internalAdapter, password: passwords } = await auth.$context;
    const account = { userId, providerId: 'credential', accountId: userId };
    await internalAdapter.linkAccount({ ...account, password: await passwords.hash(password) });
  }
  return { email, password };
}
