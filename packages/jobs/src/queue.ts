import { PgBoss } from 'pg-boss';
import { queueNames } from './contracts.ts';

/** Seconds without a sign of life after which another worker takes the job over. */
const HEARTBEAT = 10;

export interface QueueOptions {
  readonly databaseUrl: string;
  /** What goes wrong in the background: lost connections, slow statements. */
  readonly onError: (error: Error) => void;
  /** Whether this process looks for dead workers and expired rows. One of many is enough. */
  readonly supervise: boolean;
}

export type Queue = PgBoss;

/** Connects to the queue and makes its tables and queues where they are missing. Stop it with `stop()`. */
export async function openQueue({ databaseUrl, onError, supervise }: QueueOptions): Promise<Queue> {
  const queue = new PgBoss({
    connectionString: databaseUrl,
    schema: 'pgboss',
    application_name: 'cellmixer-queue',
    max: 3,
    useListenNotify: true,
    supervise,
    schedule: supervise,
    superviseIntervalSeconds: 2,
    monitorIntervalSeconds: 3,
  });
  queue.on('error', onError);
  await queue.start();
  for (const name of queueNames) {
    const known = await queue.getQueue(name);
    if (known !== null) continue;
    // Whether a job is tried again is decided by its own row; the queue only hands it out once more.
    await queue.createQueue(name, {
      policy: 'standard',
      notify: true,
      retryLimit: 1000,
      retryDelay: 1,
      retryBackoff: false,
      expireInSeconds: 23 * 3600,
      heartbeatSeconds: HEARTBEAT,
      retentionSeconds: 14 * 24 * 3600,
      deleteAfterSeconds: 24 * 3600,
    });
  }
  return queue;
}
