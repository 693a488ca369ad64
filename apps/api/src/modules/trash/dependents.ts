import { Prisma } from '@cellmixer/database';
import { decodeGlobalID } from '@pothos/plugin-relay';
import { z } from 'zod';
import { builder } from '../../graphql/builder.ts';
import type { Context } from '../../graphql/context.ts';
import { loadVisible } from '../../graphql/node.ts';
import {
  type Deletable,
  type DeletableType,
  type Dependent,
  deletables,
  isDeletable,
} from './deletable-types.ts';

interface Dependents {
  readonly type: DeletableType;
  readonly count: number;
  readonly text: string | null;
  readonly blockedBy: string | null;
}

const DependentsType = builder.objectRef<Dependents>('Dependents').implement({
  description: 'What depends on things of one type, for whoever is about to delete them.',
  fields: (t) => ({
    type: t.exposeString('type', { description: 'The type of the things.' }),
    count: t.exposeInt('count', { description: 'How many of them were asked about and can be seen.' }),
    text: t.exposeString('text', {
      nullable: true,
      description: 'Such as “3 snapshots and 1 training use this image.” Null where nothing does.',
    }),
    blockedBy: t.exposeString('blockedBy', {
      nullable: true,
      description: 'What must be deleted first, as a sentence; null where the things can be deleted.',
    }),
  }),
});

builder.queryField('dependents', (t) =>
  t.field({
    type: [DependentsType],
    description: 'What depends on things that somebody is about to delete, by type.',
    extensions: { rule: 'own rows' },
    args: { ids: t.arg.idList({ description: 'From 1 to 1,000 things that the asker may see.' }) },
    resolve: async (_root, { ids }, context) => {
      const found: Dependents[] = [];
      for (const [type, wanted] of groupByType(ids)) {
        const seen = [...(await loadVisible<{ id: string }>(context, type, wanted)).keys()];
        if (seen.length > 0) found.push(await describeDependents(context, type, seen));
      }
      return found;
    },
  }),
);

const idsShape = z.array(z.string()).min(1).max(1000);

/** Ids by their type; what cannot be deleted is left out. */
export function groupByType(ids: readonly (string | number)[]): Map<DeletableType, string[]> {
  const groups = new Map<DeletableType, string[]>();
  for (const id of new Set(idsShape.parse(ids.map(String)))) {
    const { typename, id: plain } = decodeId(id);
    if (isDeletable(typename)) groups.set(typename, [...(groups.get(typename) ?? []), plain]);
  }
  return groups;
}

export function decodeId(id: string): { readonly typename: string; readonly id: string } {
  try {
    return decodeGlobalID(id);
  } catch {
    return { typename: '', id: '' };
  }
}

export async function describeDependents(
  { database }: Pick<Context, 'database'>,
  type: DeletableType,
  ids: readonly string[],
): Promise<Dependents> {
  const deletable: Deletable = deletables[type];
  const rows = Prisma.sql`SELECT unnest(${[...ids]}::uuid[])`;
  const using = await countAll(database, deletable.dependents, rows);
  const blocking = await countAll(database, deletable.blockers, rows);
  const these = ids.length === 1 ? `this ${deletable.one}` : `these ${deletable.many}`;
  return {
    type,
    count: ids.length,
    text: using.length === 0 ? null : saidOf(using, these, ids.length === 1 ? 'it' : 'them'),
    blockedBy:
      blocking.length === 0
        ? null
        : `${listed(blocking)} would have no meaning without ${these}: delete ${blocking.length === 1 && blocking[0]?.total === 1 ? 'that' : 'those'} first.`,
  };
}

interface Counted extends Pick<Dependent, 'one' | 'many' | 'verb'> {
  readonly total: number;
}

/** Those of the kinds of which there is any, in one statement. */
async function countAll(
  database: Pick<Context['database'], '$queryRaw'>,
  kinds: readonly Dependent[],
  ids: Prisma.Sql,
): Promise<Counted[]> {
  if (kinds.length === 0) return [];
  const counts = kinds.map(({ count }) => Prisma.sql`(${count(ids)})::int`);
  const rows = await database.$queryRaw<{ totals: number[] }[]>(
    Prisma.sql`SELECT ARRAY[${Prisma.join(counts)}] AS totals`,
  );
  const totals = rows[0]?.totals ?? [];
  return kinds
    .map(({ one, many, verb }, i) => ({ one, many, verb, total: totals[i] ?? 0 }))
    .filter(({ total }) => total > 0);
}

/** A sentence for each thing that dependents do: “3 images go with this dataset. 1 training uses it.” */
function saidOf(counts: readonly Counted[], these: string, again: string): string {
  return [...Map.groupBy(counts, ({ verb }) => verb)]
    .map(([[one, many], own], i) => {
      const alone = own.length === 1 && own[0]?.total === 1;
      return `${listed(own)} ${alone ? one : many} ${i === 0 ? these : again}.`;
    })
    .join(' ');
}

const inWords = new Intl.ListFormat('en-GB');

function listed(counts: readonly Counted[]): string {
  return inWords.format(counts.map(({ one, many, total }) => `${total} ${total === 1 ? one : many}`));
}
