/** A worker as a process: `node --initial-old-space-size=128 apps/worker/src/main.ts`. Start more of them to do more at once. */
import { mkdtemp, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '@cellmixer/database';
import { bucketOf, demandVariables, readEnvironment } from '@cellmixer/environment';
import { announceWorker, keepSweeping, openQueue, takeJobs } from '@cellmixer/jobs';
import { openStorage } from '@cellmixer/storage';
import { pino } from 'pino';
import { handlersOf } from './handlers.ts';
import { Leftovers } from './leftovers.ts';
import { openPredictors } from './predictors.ts';

const settings = demandVariables(
  readEnvironment(process.env),
  ['DATABASE_URL', 'S3_ENDPOINT', 'S3_ACCESS_KEY', 'S3_SECRET_KEY', 'INFERENCE_URL'],
  'a worker',
);
const log = pino({ level: settings.LOG_LEVEL, base: { service: 'worker' } });
const database = openDatabase(settings.DATABASE_URL);
const queue = await openQueue({
  databaseUrl: settings.DATABASE_URL,
  supervise: true,
  onError: (error) => log.warn({ err: error }, 'the queue'),
});
const storage = openStorage(bucketOf(settings));
const leftovers = new Leftovers(storage);
const scratch = await mkdtemp(join(tmpdir(), 'cellmixer-worker-'));
const predictors = openPredictors({ url: settings.INFERENCE_URL, token: settings.INFERENCE_TOKEN });
const worker = `${hostname()}:${process.pid}`;
const provider = settings.EXECUTION_PROVIDER;
const stopAnnouncing = await announceWorker(database, { name: worker, setting: provider });
const stopTaking = await takeJobs({
  database,
  queue,
  handlers: handlersOf({ database, storage, queue, leftovers, scratch, worker, provider, predictors }),
  concurrency: { quick: settings.WORKER_CONCURRENCY, segment: settings.WORKER_CONCURRENCY, train: 1 },
  worker,
  log: (event) => log.info(event, `job ${event.event}`),
});
await keepSweeping(database, queue);
process.stdout.write(`${JSON.stringify({ ready: true })}\n`);

for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop());

async function stop(): Promise<void> {
  await stopTaking();
  await leftovers.remove();
  await stopAnnouncing();
  await database.$disconnect();
  await rm(scratch, { recursive: true, force: true });
  process.exit(0);
}
