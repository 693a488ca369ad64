import { Prisma, readRows, uuidList } from '@cellmixer/database';
import { type NodeType, visible } from '../access/visible.ts';
import type { Context } from './context.ts';
import { loadTogether } from './request-loader.ts';

/** The one row of a type that names a thing in a column, or null where there is none or the asker may not see it. */
export function rowNaming<Row extends object>(
  context: Context,
  type: NodeType,
  column: keyof Row & string,
  id: string,
) {
  return loadTogether(context, `${type} by ${column}`, id, async (ids) => {
    const rows = await readRows<Row>(
      context.database,
      Prisma.sql`SELECT t.* FROM ${Prisma.raw(`"${type}"`)} t
        WHERE t.${Prisma.raw(`"${column}"`)} = ANY(${uuidList(ids)}::uuid[]) AND ${visible(context.actor, type)}`,
    );
    const byId = new Map(rows.map((row) => [row[column], row]));
    return new Map(ids.map((one) => [one, byId.get(one as Row[typeof column]) ?? null]));
  });
}
