import { Prisma, type Transaction, type TrashItem } from '@cellmixer/database';
import { visible } from '../../access/visible.ts';
import { answer, toRequestError } from '../../graphql/answer.ts';
import { audit } from '../../graphql/audit.ts';
import { builder } from '../../graphql/builder.ts';
import type { Context } from '../../graphql/context.ts';
import { isUuid } from '../../graphql/node.ts';
import { definePayload, defineResult } from '../../graphql/result.ts';
import { isDeletable } from './deletable-types.ts';
import { decodeId } from './dependents.ts';
import { mayDecide } from './read-places.ts';
import { TRASH_DAYS } from './trash-item.type.ts';

interface Outcome {
  readonly id: string;
  readonly restored: boolean;
  readonly problem: string | null;
}

const OutcomeType = builder.objectRef<Outcome>('RestoredNode').implement({
  description: 'What became of one thing.',
  fields: (t) => ({
    subjectId: t.exposeID('id', { description: 'The thing; `node` gives it again.' }),
    restored: t.exposeBoolean('restored', { description: 'Whether it is back.' }),
    problem: t.exposeString('problem', { nullable: true, description: 'Why it is not.' }),
  }),
});

const Payload = definePayload<{ readonly items: readonly Outcome[] }>('restoreNodes').implement({
  description: 'An answer for everything that was named.',
  fields: (t) => ({
    items: t.field({
      type: [OutcomeType],
      description: 'In the order asked for.',
      resolve: ({ items }) => [...items],
    }),
  }),
});

const Input = builder.inputType('RestoreNodesInput', {
  description: 'What is to come back.',
  fields: (t) => ({ ids: t.idList({ description: 'From 1 to 100 things, by the ids that they had.' }) }),
});

builder.mutationField('restoreNodes', (t) =>
  t.field({
    type: defineResult('restoreNodes', Payload),
    description: `Takes things out of the trash, within ${TRASH_DAYS} days. Work that was stopped stays stopped and can be resumed or asked for again.`,
    extensions: { rule: 'decide.own' },
    args: { input: t.arg({ type: Input }) },
    resolve: (_root, { input }, context) =>
      answer(async () => {
        const ids = [...new Set(input.ids.map(String))].slice(0, 100);
        const items: Outcome[] = [];
        for (const id of ids) items.push(await restore(context, id));
        context.actor = await context.readActor();
        return { items };
      }),
  }),
);

async function restore(context: Context, id: string): Promise<Outcome> {
  const { actor, database } = context;
  const { typename, id: subjectId } = decodeId(id);
  const item = isDeletable(typename) && isUuid(subjectId) ? await find(context, typename, subjectId) : null;
  if (item === null) {
    return {
      id,
      restored: false,
      problem: 'It is not in the trash: never deleted, restored already, or purged.',
    };
  }
  if (!mayDecide(actor, item.type, { ...item, id: subjectId })) {
    return {
      id,
      restored: false,
      problem: `“${item.name}” is not yours to restore; ask a manager of the project.`,
    };
  }
  try {
    await database.$transaction((tx) => bringBack(tx, context, item));
    return { id, restored: true, problem: null };
  } catch (error) {
    const known = toRequestError(error);
    if (known === null) throw error;
    return { id, restored: false, problem: `“${item.name}”: ${known.message} ${known.cure ?? ''}`.trim() };
  }
}

async function find(
  { actor, database }: Context,
  type: string,
  subjectId: string,
): Promise<TrashItem | null> {
  const rows = await database.$queryRaw<TrashItem[]>(Prisma.sql`
    SELECT t.* FROM "TrashItem" t WHERE t.type = ${type} AND t."subjectId" = ${subjectId}::uuid
      AND ${visible(actor, 'TrashItem')}`);
  return rows[0] ?? null;
}

async function bringBack(tx: Transaction, { actor }: Context, item: TrashItem): Promise<void> {
  const { type, subjectId, organizationId, name } = item;
  // The sweep purges no more what is gone from the trash.
  const { count } = await tx.trashItem.deleteMany({ where: { id: item.id } });
  if (count === 0) return;
  if (type === 'SegmentationRun') {
    await tx.$executeRaw`
      UPDATE "Segmentation" s SET "deletedAt" = NULL FROM "SegmentationRunItem" x, "SegmentationRun" r
      WHERE x."segmentationId" = s.id AND x."runId" = r.id AND r.id = ${subjectId}::uuid
        AND s."deletedAt" = r."deletedAt"`;
  }
  await tx.$executeRaw(Prisma.sql`
    UPDATE ${Prisma.raw(`"${type}"`)} SET "deletedAt" = NULL WHERE id = ${subjectId}::uuid`);
  await audit(tx, actor, {
    action: 'restoreNodes',
    organizationId,
    projectId: type === 'Project' ? subjectId : item.projectId,
    subjectType: type,
    subjectId,
    details: { name },
  });
}
