import type { Loading } from '../execution/loading.ts';
import type { BatchLoader } from './batch-loader.ts';
import type { Context } from './context.ts';
import { RequestError } from './request-error.ts';

interface Loadable<Row> {
  loaderOf(context: Context): BatchLoader<Row>;
}

/** A thing that a row names, or null where there is none or the asker may not see it. */
export function orNull<Row>(
  node: Loadable<Row>,
  context: Context,
  id: string | null,
): Loading<Row | null> | null {
  return id === null ? null : node.loaderOf(context).load(id).orElse(nullWhereUnseen);
}

function nullWhereUnseen(error: unknown): null {
  if (error instanceof RequestError && error.type === 'NotFoundError') return null;
  throw error;
}
