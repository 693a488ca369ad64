import { newestFirst, type Prisma } from '@cellmixer/database';
import type { NodeType } from '../access/visible.ts';

/** The rows of a type below a parent, newest first. */
export function newest(table: NodeType & Prisma.ModelName, parent: string) {
  return { table, order: newestFirst, parent } as const;
}
