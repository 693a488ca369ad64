import type { JobKind, RunStatus, Transaction } from '@cellmixer/database';
import { announceRun } from './announce-run.ts';
import type { Failure } from './held-job.ts';
import { countSegmentations, startRunsOf } from './segmentation-run.ts';
import { tell } from './tell.ts';

interface JobRow {
  readonly kind: JobKind;
  readonly subjectId: string | null;
}

type End = 'SUCCEEDED' | 'FAILED' | 'CANCELLED';

/** The first worker has taken the job. */
export async function startSubject(tx: Transaction, job: JobRow): Promise<void> {
  const id = job.subjectId;
  if (id === null) return;
  if (job.kind === 'TRAIN') {
    await tx.trainingRun.updateMany({
      where: { id, startedAt: null },
      data: { startedAt: new Date() },
    });
  }
  await setSubjectStatus(tx, job, 'RUNNING');
  if (job.kind === 'SEGMENT') await startRunsOf(tx, id);
}

/** Gives the run that a job works on a status that is not its end. */
export async function setSubjectStatus(tx: Transaction, job: JobRow, status: RunStatus): Promise<void> {
  const id = job.subjectId;
  if (id === null) return;
  if (job.kind === 'TRAIN') {
    await tx.trainingRun.update({ where: { id }, data: { status, revision: { increment: 1 } } });
    await tell(tx, 'TrainingRun', id);
  } else if (job.kind === 'SEGMENT') {
    await tx.segmentation.update({ where: { id }, data: { status } });
    await tell(tx, 'Segmentation', id);
  } else if (job.kind === 'EVALUATE') {
    await tx.evaluation.update({ where: { id }, data: { status } });
    await tell(tx, 'Evaluation', id);
  } else if (job.kind === 'COMPARE') {
    await tx.comparison.updateMany({ where: { id }, data: { status } });
    await tell(tx, 'Comparison', id);
  } else if (job.kind === 'EXPORT') {
    await tx.export.update({ where: { id }, data: { status } });
    await tell(tx, 'Export', id);
  }
}

/** Writes the same end of many jobs into the rows that they worked on: a run may have thousands of pictures. */
export async function finishSubjects(
  tx: Transaction,
  jobs: readonly JobRow[],
  end: End,
  failure: Failure | null,
): Promise<void> {
  const segmentations = jobs.flatMap(({ kind, subjectId }) =>
    kind === 'SEGMENT' && subjectId !== null ? [subjectId] : [],
  );
  await finishSegmentations(tx, segmentations, endOf(end, failure));
  for (const job of jobs) if (job.kind !== 'SEGMENT') await finishSubject(tx, job, end, failure);
}

async function finishSegmentations(
  tx: Transaction,
  ids: readonly string[],
  ended: ReturnType<typeof endOf>,
): Promise<void> {
  if (ids.length === 0) return;
  await tx.segmentation.updateMany({ where: { id: { in: [...ids] } }, data: ended });
  await tell(tx, 'Segmentation', ...ids);
  await countSegmentations(tx, ids);
}

function endOf(status: End, failure: Failure | null) {
  return {
    status,
    finishedAt: new Date(),
    errorCode: failure?.code ?? null,
    errorMessage: failure?.message ?? null,
    errorCure: failure?.cure ?? null,
  };
}

/** Writes a job's end into the row that it worked on. */
export async function finishSubject(
  tx: Transaction,
  job: JobRow,
  end: End,
  failure: Failure | null,
): Promise<void> {
  const id = job.subjectId;
  if (id === null) return;
  const ended = endOf(end, failure);
  const { errorCode, errorMessage, errorCure } = ended;
  const error = { errorCode, errorMessage };
  if (job.kind === 'INGEST') {
    // It is READY by what was published of it. One that was cancelled meanwhile stays away like an unreadable one.
    if (end !== 'SUCCEEDED')
      await tx.image.update({ where: { id }, data: { status: 'FAILED', ...error, errorCure } });
    await tell(tx, 'Image', id);
  } else if (job.kind === 'FOREGROUND') {
    await tell(tx, 'Image', id);
  } else if (job.kind === 'TRAIN') {
    await tx.trainingRun.update({
      where: { id },
      data: {
        status: end,
        finishedAt: new Date(),
        secondsLeft: null,
        revision: { increment: 1 },
        ...error,
        errorCure,
      },
    });
    await tell(tx, 'TrainingRun', id);
    await announceRun(tx, 'TrainingRun', id, end);
  } else if (job.kind === 'SEGMENT') {
    await finishSegmentations(tx, [id], ended);
  } else if (job.kind === 'ANNOTATE') {
    const status = end === 'SUCCEEDED' ? 'COMPLETED' : 'FAILED';
    await tx.upload.update({
      where: { id },
      data: { status, ...error, errorCure },
    });
    // What was no truth takes no room.
    if (status === 'FAILED') {
      await tx.$executeRaw`
        UPDATE "Organization" o SET "usedBytes" = "usedBytes" - u."sizeBytes"
        FROM "Upload" u JOIN "Dataset" d ON d.id = u."datasetId" JOIN "Project" p ON p.id = d."projectId"
        WHERE u.id = ${id}::uuid AND o.id = p."organizationId"`;
    }
    await tell(tx, 'Upload', id);
  } else if (job.kind === 'EVALUATE') {
    await tx.evaluation.update({ where: { id }, data: ended });
    await tell(tx, 'Evaluation', id);
  } else if (job.kind === 'COMPARE') {
    await tx.comparison.updateMany({ where: { id }, data: ended });
    await tell(tx, 'Comparison', id);
  } else if (job.kind === 'EXPORT') {
    await tx.export.update({ where: { id }, data: ended });
    await tell(tx, 'Export', id);
  }
}
