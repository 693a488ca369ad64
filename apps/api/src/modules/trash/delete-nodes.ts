import { Prisma, type Transaction } from '@cellmixer/database';
import { cancelJobsOf, lockJobsOf } from '@cellmixer/jobs';
import { encodeGlobalID } from '@pothos/plugin-relay';
import { answer } from '../../graphql/answer.ts';
import { audit } from '../../graphql/audit.ts';
import { builder } from '../../graphql/builder.ts';
import type { Context } from '../../graphql/context.ts';
import { loadVisible } from '../../graphql/node.ts';
import { definePayload, defineResult } from '../../graphql/result.ts';
import { type Deletable, type DeletableType, deletables } from './deletable-types.ts';
import { describeDependents, groupByType } from './dependents.ts';
import { mayDecide, type Placed, readPlaces } from './read-places.ts';
import { TRASH_DAYS, TrashItemNode } from './trash-item.type.ts';

interface Outcome {
  readonly id: string;
  readonly trashItemId: string | null;
  readonly problem: string | null;
}

const OutcomeType = builder.objectRef<Outcome>('DeletedNode').implement({
  description: 'What became of one thing: it is in the trash, or a problem that names the cure.',
  fields: (t) => ({
    subjectId: t.exposeID('id', { description: 'The thing.' }),
    trashItem: t.field({
      type: TrashItemNode,
      nullable: true,
      description: 'Its place in the trash; null where it could not be deleted.',
      resolve: (row) => row.trashItemId,
    }),
    problem: t.exposeString('problem', { nullable: true, description: 'Why it was not deleted.' }),
  }),
});

const Payload = definePayload<{ readonly items: readonly Outcome[] }>('deleteNodes').implement({
  description:
    'An answer for everything that was named; one that cannot be deleted does not hold up the rest.',
  fields: (t) => ({
    items: t.field({
      type: [OutcomeType],
      description: 'In the order asked for.',
      resolve: ({ items }) => [...items],
    }),
  }),
});

const Input = builder.inputType('DeleteNodesInput', {
  description: 'What is to be deleted.',
  fields: (t) => ({
    ids: t.idList({
      description:
        'From 1 to 1,000 projects, datasets, images, samples, cell lines, trainings, models, segmentation runs, segmentations, comparisons or annotations.',
    }),
  }),
});

builder.mutationField('deleteNodes', (t) =>
  t.field({
    type: defineResult('deleteNodes', Payload),
    description: `Puts things into the trash: hidden at once, unfinished work on them stopped, to be restored for ${TRASH_DAYS} days. Ask “dependents” first. Sending it twice changes nothing.`,
    extensions: { rule: 'decide.own' },
    args: { input: t.arg({ type: Input }) },
    resolve: (_root, { input }, context) =>
      answer(async () => {
        const outcomes = new Map<string, Outcome>();
        for (const [type, ids] of groupByType(input.ids)) {
          for (const outcome of await deleteOfType(context, type, ids)) outcomes.set(outcome.id, outcome);
        }
        context.actor = await context.readActor();
        const notHere = 'There is no such thing, or it is nothing that can be deleted; check the id.';
        return {
          items: [...new Set(input.ids.map(String))].map(
            (id) => outcomes.get(id) ?? { id, trashItemId: null, problem: notHere },
          ),
        };
      }),
  }),
);

async function deleteOfType(
  context: Context,
  type: DeletableType,
  ids: readonly string[],
): Promise<Outcome[]> {
  const { actor, database } = context;
  const global = (id: string) => encodeGlobalID(type, id);
  const seen = await loadVisible<{ id: string }>(context, type, ids);
  const placed = await readPlaces(context, type, [...seen.keys()]);
  const outcomes: Outcome[] = [];
  const allowed: Placed[] = [];
  for (const one of placed) {
    if (mayDecide(actor, type, one)) allowed.push(one);
    else
      outcomes.push({
        id: global(one.id),
        trashItemId: null,
        problem: `“${one.name}” is not yours to delete; ask a manager of the project.`,
      });
  }
  const free: Placed[] = [];
  for (const one of allowed) {
    const { blockers }: Deletable = deletables[type];
    const { blockedBy } =
      blockers.length === 0 ? { blockedBy: null } : await describeDependents(context, type, [one.id]);
    if (blockedBy === null) free.push(one);
    else outcomes.push({ id: global(one.id), trashItemId: null, problem: `“${one.name}”: ${blockedBy}` });
  }
  if (free.length === 0) return outcomes;
  const items = await database.$transaction((tx) => moveToTrash(tx, context, type, free), {
    timeout: 60_000,
  });
  return [
    ...outcomes,
    ...items.map(({ id, subjectId }) => ({ id: global(subjectId), trashItemId: id, problem: null })),
  ];
}

async function moveToTrash(
  tx: Transaction,
  { actor }: Context,
  type: DeletableType,
  things: readonly Placed[],
): Promise<{ id: string; subjectId: string }[]> {
  const now = new Date();
  const ids = things.map((one) => one.id);
  const rows = Prisma.sql`SELECT unnest(${ids}::uuid[])`;
  const { work }: Deletable = deletables[type];
  if (work !== null) {
    const subjects = await tx.$queryRaw<{ id: string }[]>(
      Prisma.sql`SELECT w.id::text AS id FROM (${work(rows)}) AS w(id) WHERE w.id IS NOT NULL`,
    );
    const subjectIds = subjects.map((row) => row.id);
    await lockJobsOf(tx, subjectIds);
    if (type === 'SegmentationRun') {
      // What no other run shows goes and comes back with its run: told by the same moment.
      await tx.segmentation.updateMany({
        where: { id: { in: subjectIds }, deletedAt: null },
        data: { deletedAt: now },
      });
    }
    await cancelJobsOf(tx, subjectIds);
  }
  await tx.$executeRaw(Prisma.sql`
    UPDATE ${Prisma.raw(`"${type}"`)} SET "deletedAt" = ${now} WHERE id = ANY(${ids}::uuid[])`);
  await tx.trashItem.deleteMany({ where: { type, subjectId: { in: ids } } });
  for (const { organizationId, projectId, id, name } of things) {
    await audit(tx, actor, {
      action: 'deleteNodes',
      organizationId,
      projectId: type === 'Project' ? id : projectId,
      subjectType: type,
      subjectId: id,
      details: { name },
    });
  }
  return tx.trashItem.createManyAndReturn({
    data: things.map(({ id, organizationId, projectId, ownerId, name }) => ({
      organizationId,
      projectId,
      type,
      subjectId: id,
      name,
      ownerId,
      deletedById: actor.userId,
      createdAt: now,
    })),
    select: { id: true, subjectId: true },
  });
}
