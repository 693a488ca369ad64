import type { Transaction } from '@cellmixer/database';
import { notify } from './notify.ts';

const words = { SUCCEEDED: 'is done', FAILED: 'has failed', CANCELLED: 'was cancelled' } as const;

/** Tells whoever started a run how it ended; a cancelled one is no news to who cancelled it. */
export async function announceRun(
  tx: Transaction,
  subjectType: 'TrainingRun' | 'SegmentationRun',
  id: string,
  end: keyof typeof words,
): Promise<void> {
  if (end === 'CANCELLED') return;
  const run = subjectType === 'TrainingRun' ? await trainingOf(tx, id) : await segmentationOf(tx, id);
  await notify(tx, {
    organizationId: run.organizationId,
    userIds: [run.createdById],
    kind: `${subjectType === 'TrainingRun' ? 'training-run' : 'segmentation-run'}.${end.toLowerCase()}`,
    subjectType,
    subjectId: id,
    text: `${run.name} ${words[end]}.`,
  });
}

async function trainingOf(tx: Transaction, id: string) {
  const { name, createdById, project } = await tx.trainingRun.findUniqueOrThrow({
    where: { id },
    select: { name: true, createdById: true, project: { select: { organizationId: true } } },
  });
  return { name: `Training “${name}”`, createdById, organizationId: project.organizationId };
}

async function segmentationOf(tx: Transaction, id: string) {
  const [run] = await tx.$queryRaw<SegmentationWords[]>`
    SELECT r.total, r.failed, r."createdById"::text AS "createdById", p."organizationId"::text AS "organizationId",
      v.number, m.name AS model
    FROM "SegmentationRun" r JOIN "Project" p ON p.id = r."projectId"
    JOIN "ModelVersion" v ON v.id = r."modelVersionId" JOIN "Model" m ON m.id = v."modelId" WHERE r.id = ${id}::uuid`;
  if (run === undefined) throw new Error(`no segmentation run ${id}`);
  const { total, failed, createdById, organizationId, model, number } = run;
  return {
    name: `Segmentation of ${total} images${failed === 0 ? '' : ` (${failed} failed)`} by “${model}” v${number}`,
    createdById,
    organizationId,
  };
}

interface SegmentationWords {
  readonly total: number;
  readonly failed: number;
  readonly createdById: string;
  readonly organizationId: string;
  readonly model: string;
  readonly number: number;
}
