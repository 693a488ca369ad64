import { newestFirst, type Prisma } from '@cellmixer/database';
import { type NodeType, visible } from '../access/visible.ts';
import type { Context } from './context.ts';

/** The rows of a type that the asker may see below a parent, newest first. */
export function newest(table: NodeType & Prisma.ModelName, parent: string, { actor }: Context) {
  return { table, where: visible(actor, table), order: newestFirst, parent } as const;
}
