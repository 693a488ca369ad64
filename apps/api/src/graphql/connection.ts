import { type IdPage, type ListSpec, listIds, listIdsUnder, type Prisma } from '@cellmixer/database';
import type { Context } from './context.ts';
import { loadTogether } from './request-loader.ts';

interface Args {
  readonly first?: number | null | undefined;
  readonly last?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly before?: string | null | undefined;
}

/** A Relay connection out of ids: nodes are loaded by their type's loader, one statement for all. */
export function toConnection(page: IdPage) {
  return {
    edges: page.edges.map(({ id, cursor }) => ({ node: id, cursor })),
    pageInfo: {
      hasNextPage: page.hasNextPage,
      hasPreviousPage: page.hasPreviousPage,
      startCursor: page.edges[0]?.cursor ?? null,
      endCursor: page.edges.at(-1)?.cursor ?? null,
    },
  };
}

/** A list at the root. */
export async function rootList({ database }: Context, spec: ListSpec, args: Args) {
  return toConnection(await listIds(database, spec, args));
}

/**
 * A list below a parent: all parents of a request that ask for the same page share one statement.
 *
 * @param parent the column of the listed table that holds the parent's id
 */
export async function listUnder(
  context: Context,
  spec: ListSpec & { readonly parent: string; readonly filter?: Prisma.Sql },
  parentId: string,
  args: Args,
) {
  const key = JSON.stringify([spec.table, spec.parent, spec.order, args, spec.where.sql, spec.where.values]);
  const page = await loadTogether(context, key, parentId, (ids) =>
    listIdsUnder(context.database, spec, spec.parent, ids, args),
  );
  return toConnection(page);
}

/** Said in every list's description. */
export const pageWords = 'Give `first` or `last`, from 1 to 100.';
