import type { Database } from '@cellmixer/database';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openAsking } from '../../testing/asking.ts';
import { locksWaitedFor } from '../../testing/locks-waited-for.ts';
import { type OpenWorld, openWorld } from '../../testing/open-world.ts';
import type { World } from '../../testing/world.ts';

let opened: OpenWorld;
let database: Database;
let world: World;
let runId: string;
let jobId: string;

beforeAll(async () => {
  opened = await openWorld();
  ({ database, world } = opened);
  [runId, jobId] = [world.rows.get('SegmentationRun') ?? '', world.rows.get('Job') ?? ''];
  const segmentationId = world.rows.get('Segmentation') ?? '';
  await database.segmentationRun.update({ where: { id: runId }, data: { status: 'RUNNING' } });
  await database.segmentation.update({ where: { id: segmentationId }, data: { status: 'RUNNING' } });
  await database.segmentationRunItem.create({ data: { runId, segmentationId } });
  await database.job.update({
    where: { id: jobId },
    data: { kind: 'SEGMENT', subjectId: segmentationId, status: 'RUNNING' },
  });
}, 120_000);
afterAll(() => opened?.[Symbol.asyncDispose]());

describe('cancelSegmentationRun', () => {
  it('waits for a worker that writes its result, and does not stand in its way', {
    timeout: 120_000,
  }, async () => {
    let answer: Promise<unknown> | undefined;
    // As a worker does: its job first, then the run that it counts for.
    await database.$transaction(
      async (tx) => {
        await tx.$executeRaw`SELECT 1 FROM "Job" WHERE id = ${jobId}::uuid FOR UPDATE`;
        answer = openAsking(database).mutate(
          { userId: world.actors.get('manager')?.userId ?? '' },
          'cancelSegmentationRun',
          { segmentationRun: Buffer.from(`SegmentationRun:${runId}`).toString('base64') },
          'segmentationRun { status }',
        );
        await expect.poll(() => locksWaitedFor(database), { timeout: 60_000 }).toHaveLength(1);
        await tx.segmentationRun.update({ where: { id: runId }, data: { done: 0 } });
      },
      { timeout: 90_000 },
    );
    expect(await answer).toMatchObject({ segmentationRun: { status: 'CANCELLING' } });
    expect(await database.job.findUnique({ where: { id: jobId } })).toMatchObject({ status: 'CANCELLING' });
  });
});
