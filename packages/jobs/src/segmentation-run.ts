import type { Transaction } from '@cellmixer/database';
import { announceRun } from './announce-run.ts';
import { tell } from './tell.ts';

/** Counts the ended segmentations of every run that one of these belongs to, and ends the runs that are complete. */
export async function countSegmentations(tx: Transaction, segmentationIds: readonly string[]): Promise<void> {
  const runs = await tx.segmentationRunItem.findMany({
    where: { segmentationId: { in: [...segmentationIds] } },
    select: { runId: true },
    distinct: ['runId'],
  });
  // In the order of ids, so that two transactions that count the same runs never wait for each other in a ring.
  for (const runId of runs.map((run) => run.runId).sort()) await countRun(tx, runId);
}

/** The first worker has taken a picture: the runs that wait for it are under way, though nothing has ended yet. */
export async function startRunsOf(tx: Transaction, segmentationId: string): Promise<void> {
  // In the order of ids, as everywhere.
  const started = await tx.$queryRaw<{ readonly id: string }[]>`
    WITH waiting AS (
      SELECT r.id FROM "SegmentationRun" r JOIN "SegmentationRunItem" i ON i."runId" = r.id
      WHERE i."segmentationId" = ${segmentationId}::uuid AND r.status = 'QUEUED' ORDER BY r.id FOR UPDATE OF r
    )
    UPDATE "SegmentationRun" r
    SET status = 'RUNNING', "startedAt" = COALESCE("startedAt", now()), revision = revision + 1
    FROM waiting w WHERE r.id = w.id RETURNING r.id::text`;
  if (started.length > 0) await tell(tx, 'SegmentationRun', ...started.map(({ id }) => id));
}

/** Sets a run's counters and status from its segmentations. */
export async function countRun(tx: Transaction, runId: string): Promise<void> {
  await tx.$executeRaw`SELECT 1 FROM "SegmentationRun" WHERE id = ${runId}::uuid FOR UPDATE`;
  const groups = await tx.segmentation.groupBy({
    by: ['status'],
    where: { runs: { some: { runId } } },
    _count: true,
  });
  const count = (...statuses: string[]) =>
    groups.filter((group) => statuses.includes(group.status)).reduce((sum, group) => sum + group._count, 0);
  const run = await tx.segmentationRun.findUniqueOrThrow({ where: { id: runId } });
  const done = count('SUCCEEDED');
  const failed = count('FAILED');
  const cancelled = count('CANCELLED');
  const over = done + failed + cancelled === run.total;
  const end =
    cancelled > 0 || run.status === 'CANCELLING'
      ? 'CANCELLED'
      : done === 0 && failed > 0
        ? 'FAILED'
        : 'SUCCEEDED';
  const status = over ? end : run.status === 'CANCELLING' ? 'CANCELLING' : 'RUNNING';
  await tx.segmentationRun.update({
    where: { id: runId },
    data: {
      done,
      failed,
      status,
      revision: { increment: 1 },
      startedAt: run.startedAt ?? new Date(),
      finishedAt: over ? new Date() : null,
    },
  });
  await tell(tx, 'SegmentationRun', runId);
  if (over && run.finishedAt === null) await announceRun(tx, 'SegmentationRun', runId, end);
}
