/** The API as a process: `node apps/api/src/main.ts`. */
import { openDatabase } from '@cellmixer/database';
import { bucketOf, demandVariables, readEnvironment } from '@cellmixer/environment';
import { Changes, openQueue } from '@cellmixer/jobs';
import { openStorage } from '@cellmixer/storage';
import { pino } from 'pino';
import { createAuth } from './auth/create-auth.ts';
import { FirstAccount } from './auth/first-account.ts';
import { readActor } from './auth/read-actor.ts';
import { inferenceReady } from './inference-ready.ts';
import { startServer } from './server.ts';

const settings = demandVariables(
  readEnvironment(process.env),
  ['PUBLIC_URL', 'AUTH_SECRET', 'DATABASE_URL', 'S3_ENDPOINT', 'S3_ACCESS_KEY', 'S3_SECRET_KEY'],
  'the API',
);
const log = pino({
  level: settings.LOG_LEVEL,
  base: { service: 'api' },
  redact: ['err.config', 'req.headers'],
});
const database = openDatabase(settings.DATABASE_URL);
const queue = await openQueue({
  databaseUrl: settings.DATABASE_URL,
  supervise: false,
  onError: (error) => log.warn({ err: error }, 'the queue'),
});
const changes = await Changes.open({
  databaseUrl: settings.DATABASE_URL,
  onError: (error) => log.warn({ err: error }, 'listening to changes'),
});
const storage = openStorage(bucketOf(settings));
await storage.ensureBucket([settings.PUBLIC_URL]);
const auth = createAuth(database, { publicUrl: settings.PUBLIC_URL, secret: settings.AUTH_SECRET });
const firstAccount = await FirstAccount.open(database, auth);
const parts = {
  database,
  storage,
  queue,
  changes,
  auth,
  readActor: (headers: Headers) => readActor(database, auth, headers),
  publicUrl: settings.PUBLIC_URL,
  firstAccount,
  inferenceReady: () => inferenceReady(settings.INFERENCE_URL),
  log,
};
const server = await startServer(parts, settings.HOST, settings.PORT ?? 0);
const token = firstAccount.token;
process.stdout.write(
  `${JSON.stringify({ ready: true, port: server.port, ...(token === null ? {} : { firstAccountToken: token }) })}\n`,
);

for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop());

async function stop(): Promise<void> {
  await server.stop();
  await changes.close();
  await queue.stop({ graceful: false });
  await database.$disconnect();
  process.exit(0);
}
