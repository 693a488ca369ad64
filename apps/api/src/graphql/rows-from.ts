import { Prisma } from '@cellmixer/database';
import { z } from 'zod';
import type { Context } from './context.ts';
import { type RowsUnder, rowsUnder } from './rows-under.ts';

/** Rows below a parent that are numbered from 0 in `position`, in that order, from a place on. */
export function rowsFrom<Row>(
  context: Context,
  under: Omit<RowsUnder, 'where' | 'order'>,
  parentId: string,
  from: number | null | undefined,
) {
  const first = z
    .int()
    .min(0)
    .parse(from ?? 0);
  const where = Prisma.sql`t.position >= ${first}`;
  return rowsUnder<Row>(context, { ...under, where, order: Prisma.sql`t.position` }, parentId);
}
