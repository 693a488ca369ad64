import type { TrainingRun, Transaction } from '@cellmixer/database';

/** A training and, where it has one that was not deleted, its baseline: they are stopped and taken up together. */
export async function withBaseline(tx: Transaction, run: TrainingRun): Promise<TrainingRun[]> {
  const baseline = await tx.trainingRun.findFirst({ where: { baselineOfId: run.id, deletedAt: null } });
  return baseline === null ? [run] : [run, baseline];
}
