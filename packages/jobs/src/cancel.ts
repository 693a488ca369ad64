import type { Transaction } from '@cellmixer/database';
import { finishSubjects, setSubjectStatus } from './subject-status.ts';
import { tell } from './tell.ts';

/**
 * Waits until no worker writes results of the subjects' unfinished jobs, and lets none begin to. To be asked before
 * anything else of them is changed: workers lock their job first, then what it worked on, and so must everybody, or two
 * wait for each other.
 */
export async function lockJobsOf(tx: Transaction, subjectIds: readonly string[]): Promise<void> {
  await tx.$executeRaw`SELECT 1 FROM "Job"
    WHERE "subjectId" = ANY(${[...subjectIds]}::uuid[]) AND status IN ('QUEUED', 'RUNNING') ORDER BY id FOR UPDATE`;
}

/**
 * Asks the unfinished jobs of a subject to stop: a waiting one ends at once, a running one when its worker confirms.
 *
 * @returns how many jobs were told
 */
export async function cancelJobsOf(tx: Transaction, subjectIds: readonly string[]): Promise<number> {
  const subjects = { subjectId: { in: [...subjectIds] } };
  const waiting = await tx.job.updateManyAndReturn({
    where: { ...subjects, status: 'QUEUED' },
    data: { status: 'CANCELLED', finishedAt: new Date() },
  });
  const running = await tx.job.updateManyAndReturn({
    where: { ...subjects, status: 'RUNNING' },
    data: { status: 'CANCELLING' },
  });
  await finishSubjects(tx, waiting, 'CANCELLED', null);
  for (const job of running) await setSubjectStatus(tx, job, 'CANCELLING');
  await tell(tx, 'Job', ...[...waiting, ...running].map((job) => job.id));
  return waiting.length + running.length;
}
