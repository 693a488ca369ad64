import type { Model, ModelVersion, Transaction } from '@cellmixer/database';
import { tell } from '@cellmixer/jobs';
import { z } from 'zod';
import { answer } from '../../graphql/answer.ts';
import { audit } from '../../graphql/audit.ts';
import { builder } from '../../graphql/builder.ts';
import type { Context } from '../../graphql/context.ts';
import { demand, see } from '../../graphql/demand.ts';
import { organizationOf } from '../../graphql/organization-of.ts';
import { definePayload, defineResult } from '../../graphql/result.ts';
import { ModelStageEnum, ModelVersionNode } from './model.type.ts';

interface Staged {
  readonly id: string;
  readonly replacedId: string | null;
}

const Payload = definePayload<Staged>('setModelStage').implement({
  description: 'The version, and the one that was accepted before it.',
  fields: (t) => ({
    modelVersion: t.field({
      type: ModelVersionNode,
      description: 'The version.',
      resolve: ({ id }) => id,
    }),
    replaced: t.field({
      type: ModelVersionNode,
      nullable: true,
      description: 'Accepted until now; a candidate again, as a model has one accepted version.',
      resolve: ({ replacedId }) => replacedId,
    }),
  }),
});

const Input = builder.inputType('SetModelStageInput', {
  description: 'What somebody thinks of a model version.',
  fields: (t) => ({
    modelVersion: t.globalID({ for: ModelVersionNode, description: 'The version.' }),
    stage: t.field({ type: ModelStageEnum, description: 'What it becomes.' }),
    reason: t.string({ description: 'Why, in up to 1,000 characters.' }),
  }),
});

const shape = z.object({ reason: z.string().trim().min(1, 'say why').max(1000) });

builder.mutationField('setModelStage', (t) =>
  t.field({
    type: defineResult('setModelStage', Payload),
    description:
      'Accepts a model version, archives it, or makes it a candidate again. Editors decide about what they have trained, managers about all.',
    extensions: { rule: 'decide.own' },
    args: { input: t.arg({ type: Input }) },
    resolve: (_root, { input }, context) =>
      answer(async () => {
        const { actor, database } = context;
        const version = await see<ModelVersion>(context, 'ModelVersion', input.modelVersion);
        const model = await see<Model>(context, 'Model', version.modelId);
        await demandDecision(context, database, model, version.id);
        const { reason } = shape.parse({ reason: input.reason });
        const organizationId = await organizationOf(context, model.projectId);
        return database.$transaction(async (tx) => {
          // Two acceptances at once would leave two accepted versions.
          await tx.$executeRaw`SELECT 1 FROM "Model" WHERE id = ${model.id}::uuid FOR UPDATE`;
          const replaced =
            input.stage === 'ACCEPTED'
              ? await tx.modelVersion.findFirst({
                  where: { modelId: model.id, stage: 'ACCEPTED', id: { not: version.id } },
                  select: { id: true },
                })
              : null;
          // Taking an acceptance back is a decision about that version too.
          if (replaced !== null) await demandDecision(context, tx, model, replaced.id);
          const staged = { stageReason: reason, stagedById: actor.userId, stagedAt: new Date() };
          if (replaced !== null) {
            await tx.modelVersion.update({
              where: { id: replaced.id },
              data: {
                ...staged,
                stage: 'CANDIDATE',
                stageReason: `Replaced by version ${version.number}: ${reason}`,
              },
            });
          }
          await tx.modelVersion.update({
            where: { id: version.id },
            data: { ...staged, stage: input.stage },
          });
          await audit(tx, actor, {
            action: 'setModelStage',
            organizationId,
            projectId: model.projectId,
            subjectType: 'ModelVersion',
            subjectId: version.id,
            details: { from: version.stage, to: input.stage, reason, replaced: replaced?.id ?? null },
          });
          await tell(tx, 'ModelVersion', version.id, ...(replaced === null ? [] : [replaced.id]));
          return { id: version.id, replacedId: replaced?.id ?? null };
        });
      }),
  }),
);

/** @throws ForbiddenError unless the actor may decide about the version: as who trained it, or about anybody's */
async function demandDecision(
  { actor }: Context,
  tx: Pick<Transaction, 'modelVersion'>,
  model: Model,
  versionId: string,
): Promise<void> {
  const { trainingRun } = await tx.modelVersion.findUniqueOrThrow({
    where: { id: versionId },
    select: { trainingRun: { select: { createdById: true } } },
  });
  const own = actor.userId !== null && (trainingRun ?? model).createdById === actor.userId;
  demand(actor, own ? 'decide.own' : 'decide.any', { projectId: model.projectId });
}
