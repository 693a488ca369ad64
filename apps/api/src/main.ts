/** The API as a process: `node apps/api/src/main.ts`. */
import { openDatabase } from '@cellmixer/database';
import { openQueue } from '@cellmixer/jobs';
import { openStorage } from '@cellmixer/storage';
import { pino } from 'pino';
import { createAuth } from './auth/create-auth.ts';
import { FirstAccount } from './auth/first-account.ts';
import { startServer } from './server.ts';
import { readSettings } from './settings.ts';

const settings = readSettings(process.env);
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
const storage = openStorage({
  endpoint: settings.S3_ENDPOINT,
  publicEndpoint: settings.S3_PUBLIC_ENDPOINT ?? settings.S3_ENDPOINT,
  region: settings.S3_REGION,
  bucket: settings.S3_BUCKET,
  accessKey: settings.S3_ACCESS_KEY,
  secretKey: settings.S3_SECRET_KEY,
});
await storage.ensureBucket([settings.PUBLIC_URL]);
const auth = createAuth(database, { publicUrl: settings.PUBLIC_URL, secret: settings.AUTH_SECRET });
const firstAccount = await FirstAccount.open(database, auth);
const parts = { database, storage, queue, auth, firstAccount, log };
const server = await startServer(parts, settings.HOST, settings.PORT ?? 0);
const token = firstAccount.token;
process.stdout.write(
  `${JSON.stringify({ ready: true, port: server.port, ...(token === null ? {} : { firstAccountToken: token }) })}\n`,
);

for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop());

async function stop(): Promise<void> {
  await server.stop();
  await queue.stop({ graceful: false });
  await database.$disconnect();
  process.exit(0);
}
