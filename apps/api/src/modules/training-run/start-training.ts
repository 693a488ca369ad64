import { createHash } from 'node:crypto';
import type { TrainingChoices } from '@cellmixer/cellmixer/settings';
import type { Project, Transaction } from '@cellmixer/database';
import { enqueue } from '@cellmixer/jobs';
import { z } from 'zod';
import { audit } from '../../graphql/audit.ts';
import type { Context } from '../../graphql/context.ts';
import type { PlannedClass } from './plan-training.ts';

export interface TrainingPlan {
  readonly name: string;
  readonly classes: readonly PlannedClass[];
  readonly settings: TrainingChoices;
  readonly method: 'CELLMIXER' | 'BASELINE';
  readonly withBaseline: boolean;
  /** The model version that it is the null split of. */
  readonly nullSplitOfId?: string;
}

export interface Started {
  readonly id: string;
  readonly baselineId: string | null;
}

/** Writes a run, and its baseline where one is wanted, with their jobs and audit events. */
export async function startTraining(
  tx: Transaction,
  { actor, queue }: Context,
  project: Pick<Project, 'id' | 'organizationId'>,
  plan: TrainingPlan,
  action: 'createTrainingRun' | 'cloneTrainingRun' | 'startNullSplit',
): Promise<Started> {
  const createdById = z.uuid().parse(actor.userId);
  const create = async (method: TrainingPlan['method'], baselineOfId: string | null) => {
    const { preset, steps, seed, ...settings } = plan.settings;
    const name = method === 'BASELINE' && baselineOfId !== null ? `${plan.name} (baseline)` : plan.name;
    const { id } = await tx.trainingRun.create({
      data: {
        projectId: project.id,
        name,
        method,
        baselineOfId,
        preset,
        steps,
        seed,
        settings,
        // A null split is no sibling of anything.
        inputsHash: plan.nullSplitOfId === undefined ? hashInputs(plan, method) : null,
        nullSplitOfId: plan.nullSplitOfId ?? null,
        createdById,
      },
      select: { id: true },
    });
    for (const [position, { name, colour, sources }] of plan.classes.entries()) {
      const { id: classId } = await tx.trainingClass.create({
        data: { runId: id, position, name, colour },
        select: { id: true },
      });
      await tx.trainingSource.createMany({
        data: sources.map((source) => ({ ...source, runId: id, classId })),
      });
    }
    await audit(tx, actor, {
      action,
      organizationId: project.organizationId,
      projectId: project.id,
      subjectType: 'TrainingRun',
      subjectId: id,
      details: { name, method, seed },
    });
    return id;
  };
  const id = await create(plan.method, null);
  const baselineId = plan.withBaseline ? await create('BASELINE', id) : null;
  const owner = { organizationId: project.organizationId, projectId: project.id, createdById };
  await enqueue(
    tx,
    queue,
    owner,
    (baselineId === null ? [id] : [id, baselineId]).map((runId) => ({
      kind: 'TRAIN' as const,
      subjectId: runId,
      payload: { trainingRunId: runId },
    })),
  );
  return { id, baselineId };
}

/** The same for runs that differ by their seed alone. How often a checkpoint is kept changes no bit. */
function hashInputs({ classes, settings }: TrainingPlan, method: string): string {
  const { seed, checkpointEvery, ...deciding } = settings;
  const inputs = {
    method,
    classes: classes.map(({ name, sources }) => [
      name,
      sources.map(({ versionId, cellLineId }) => `${versionId}/${cellLineId}`).toSorted(),
    ]),
    settings: Object.entries(deciding).toSorted(([a], [b]) => (a < b ? -1 : 1)),
  };
  return createHash('sha256').update(JSON.stringify(inputs)).digest('hex');
}
