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
  const run = await tx.segmentationRun.findUniqueOrThrow({
    where: { id },
    select: {
      total: true,
      failed: true,
      createdById: true,
      project: { select: { organizationId: true } },
      modelVersion: { select: { number: true, model: { select: { name: true } } } },
    },
  });
  const { model, number } = run.modelVersion;
  const failed = run.failed === 0 ? '' : ` (${run.failed} failed)`;
  return {
    name: `Segmentation of ${run.total} images${failed} by “${model.name}” v${number}`,
    createdById: run.createdById,
    organizationId: run.project.organizationId,
  };
}
