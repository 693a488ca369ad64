import { Prisma, readRows, uuidList } from '@cellmixer/database';
import type { Loading } from '../execution/loading.ts';
import type { Context } from './context.ts';
import { keyOf, loadTogether } from './request-loader.ts';

export interface RowsUnder {
  readonly table: Prisma.ModelName;
  /** The column that holds the parent's id. */
  readonly parent: string;
  /** Which of them, over `t`; all where it is left out. */
  readonly where?: Prisma.Sql;
  readonly order: Prisma.Sql;
  /** How many of one parent. */
  readonly most: number;
}

/** Rows below a parent that are no things of their own: all parents of a request share one statement. */
export function rowsUnder<Row>(context: Context, under: RowsUnder, parentId: string): Loading<Row[]> {
  const rows = selectOf(under);
  return loadTogether(context, keyOf(rows), parentId, async (ids) => {
    const found = await readRows<Record<string, unknown>>(
      context.database,
      Prisma.sql`
      SELECT found.* FROM unnest(${uuidList(ids)}::uuid[]) AS parents(id) CROSS JOIN LATERAL (${rows}) found`,
    );
    const byParent = Map.groupBy(found, (row) => row[under.parent]);
    return new Map(ids.map((id) => [id, (byParent.get(id) ?? []) as Row[]]));
  });
}

const selects = new WeakMap<RowsUnder, Prisma.Sql>();

/** Written once where all rows of a request ask with the same object. */
function selectOf(under: RowsUnder): Prisma.Sql {
  let select = selects.get(under);
  if (select === undefined) {
    const { table, parent, where = Prisma.sql`true`, order, most } = under;
    select = Prisma.sql`SELECT t.* FROM ${Prisma.raw(`"${table}"`)} t
      WHERE t.${Prisma.raw(`"${parent}"`)} = parents.id AND (${where}) ORDER BY ${order} LIMIT ${most}`;
    selects.set(under, select);
  }
  return select;
}
