import type { Context } from './context.ts';
import { RequestError } from './request-error.ts';

interface Loadable<Row> {
  getDataloader(context: Context): { load(id: string): Promise<Row> };
}

/** A thing that a row names, or null where there is none or the asker may not see it. */
export function orNull<Row>(
  node: Loadable<Row>,
  context: Context,
  id: string | null,
): Promise<Row | null> | null {
  return id === null ? null : node.getDataloader(context).load(id).catch(nullWhereUnseen);
}

function nullWhereUnseen(error: unknown): null {
  if (error instanceof RequestError && error.type === 'NotFoundError') return null;
  throw error;
}
