import type { Context } from './context.ts';
import { RequestError } from './request-error.ts';

interface Loadable<Row> {
  getDataloader(context: Context): { load(id: string): Promise<Row> };
}

/** A thing that a row names, or null where there is none or the asker may not see it. */
export async function orNull<Row>(
  node: Loadable<Row>,
  context: Context,
  id: string | null,
): Promise<Row | null> {
  if (id === null) return null;
  try {
    return await node.getDataloader(context).load(id);
  } catch (error) {
    if (error instanceof RequestError && error.type === 'NotFoundError') return null;
    throw error;
  }
}
