import type { Database, DatasetShare } from '@cellmixer/database';
import { openQueue, type Queue } from '@cellmixer/jobs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { locksWaitedFor } from '../../testing/locks-waited-for.ts';
import { type OpenWorld, openWorld } from '../../testing/open-world.ts';
import { endShare } from './end-share.ts';

let opened: OpenWorld;
let database: Database;
let queue: Queue;
let share: DatasetShare;
let jobId: string;

beforeAll(async () => {
  opened = await openWorld();
  const { world, databaseUrl } = opened;
  database = opened.database;
  queue = await openQueue({ databaseUrl, supervise: false, onError: () => {} });
  jobId = world.rows.get('Job') ?? '';
  share = await database.datasetShare.findUniqueOrThrow({
    where: { id: world.rows.get('DatasetShare') ?? '' },
  });
  const subjectId = world.rows.get('Segmentation') ?? '';
  await database.segmentation.update({ where: { id: subjectId }, data: { status: 'RUNNING' } });
  await database.job.update({
    where: { id: jobId },
    data: { kind: 'SEGMENT', subjectId, projectId: share.projectId, status: 'RUNNING' },
  });
}, 120_000);
afterAll(async () => {
  await queue?.stop({ graceful: false });
  await opened?.[Symbol.asyncDispose]();
});

describe('the end of a share', () => {
  it('waits for a worker that publishes what came of the pictures, and does not stand in its way', {
    timeout: 120_000,
  }, async () => {
    let answer: Promise<unknown> | undefined;
    // As a worker does: its job first, then the share that it works by.
    await database.$transaction(
      async (tx) => {
        await tx.$executeRaw`SELECT 1 FROM "Job" WHERE id = ${jobId}::uuid FOR UPDATE`;
        answer = database.$transaction((other) => endShare(other, queue, share, 'REVOKED'), {
          timeout: 90_000,
        });
        await expect.poll(() => locksWaitedFor(database), { timeout: 60_000 }).toHaveLength(1);
        await tx.$executeRaw`SELECT 1 FROM "DatasetShare" WHERE id = ${share.id}::uuid FOR SHARE`;
      },
      { timeout: 90_000 },
    );
    expect(await answer).toBe(true);
    expect(await database.job.findUnique({ where: { id: jobId } })).toMatchObject({ status: 'CANCELLING' });
  });
});
