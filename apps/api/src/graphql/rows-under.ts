import { Prisma, readRows } from '@cellmixer/database';
import type { Context } from './context.ts';
import { loadTogether } from './request-loader.ts';

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
export function rowsUnder<Row>(context: Context, under: RowsUnder, parentId: string): Promise<Row[]> {
  const { table, parent, where = Prisma.sql`true`, order, most } = under;
  const column = Prisma.raw(`"${parent}"`);
  const rows = Prisma.sql`SELECT t.* FROM ${Prisma.raw(`"${table}"`)} t
    WHERE t.${column} = parents.id AND (${where}) ORDER BY ${order} LIMIT ${most}`;
  const question = JSON.stringify([rows.sql, rows.values]);
  return loadTogether(context, question, parentId, async (ids) => {
    const found = await readRows<Record<string, unknown>>(
      context.database,
      Prisma.sql`
      SELECT found.* FROM unnest(${[...ids]}::uuid[]) AS parents(id) CROSS JOIN LATERAL (${rows}) found`,
    );
    const byParent = Map.groupBy(found, (row) => row[parent]);
    return new Map(ids.map((id) => [id, (byParent.get(id) ?? []) as Row[]]));
  });
}
