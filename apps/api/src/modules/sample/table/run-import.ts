import type { Transaction } from '@cellmixer/database';
import { queueForegrounds } from '@cellmixer/jobs';
import { z } from 'zod';
import { audit } from '../../../graphql/audit.ts';
import type { Context } from '../../../graphql/context.ts';
import { demand } from '../../../graphql/demand.ts';
import { applyImport } from './apply-import.ts';
import { type ImportPlan, planImport } from './plan-import.ts';
import { readKnown } from './read-known.ts';
import type { ReadRow } from './read-row.ts';

export interface ImportRequest {
  readonly action: string;
  readonly organizationId: string;
  readonly projectId: string;
  readonly datasetId: string | null;
  readonly rows: readonly ReadRow[];
  readonly registerLines: boolean;
}

/** Plans what rows change and writes it, unless a row has a problem: then nothing is written. */
export async function runImport(
  context: Context,
  request: ImportRequest,
  dryRun: boolean,
): Promise<{ readonly plan: ImportPlan; readonly applied: boolean }> {
  return context.database.$transaction(
    async (tx) => {
      const plan = await planRows(tx, request);
      const applied = !dryRun && !plan.rows.some(({ outcome }) => outcome === 'FAILED');
      if (applied) await writePlan(tx, context, request, plan);
      return { plan, applied };
    },
    { timeout: 60_000 },
  );
}

/** One import of a project at a time, so that what was planned is what is there when it is written. */
export async function planRows(tx: Transaction, request: ImportRequest): Promise<ImportPlan> {
  await tx.$executeRaw`SELECT 1 FROM "Project" WHERE id = ${request.projectId}::uuid FOR NO KEY UPDATE`;
  return planImport(request.rows, await readKnown(tx, request, request.rows, request.registerLines));
}

/** Writes a plan with its audit event; nothing where nothing changes. */
export async function writePlan(
  tx: Transaction,
  { actor, queue }: Context,
  { action, organizationId, projectId, datasetId }: ImportRequest,
  plan: ImportPlan,
): Promise<void> {
  if (plan.samples.length === 0) return;
  if (plan.newLines.length > 0) demand(actor, 'registry.edit', { organizationId });
  const userId = z.uuid().parse(actor.userId);
  const imageIds = await applyImport(tx, plan, { organizationId, projectId, userId });
  await queueForegrounds(tx, queue, { organizationId, projectId, createdById: userId }, imageIds);
  await audit(tx, actor, {
    action,
    organizationId,
    projectId,
    subjectType: datasetId === null ? 'Project' : 'Dataset',
    subjectId: datasetId ?? projectId,
    details: {
      samples: plan.samples.length,
      images: plan.samples.reduce((sum, { imageIds }) => sum + imageIds.length, 0),
      registered: plan.newLines.slice(0, 50),
    },
  });
}
