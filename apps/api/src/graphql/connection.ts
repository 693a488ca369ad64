import {
  isUnder,
  type ListPage,
  type ListSpec,
  listRows,
  listRowsUnder,
  type Parent,
} from '@cellmixer/database';
import { isNodeType, visible } from '../access/visible.ts';
import type { Context } from './context.ts';
import { loaderOf } from './node.ts';
import { loadTogether } from './request-loader.ts';

interface Args {
  readonly first?: number | null | undefined;
  readonly last?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly before?: string | null | undefined;
}

/** A Relay connection out of a page; its nodes are in the loader of their type already. */
function toConnection(page: ListPage) {
  return {
    edges: page.edges.map(({ row, cursor }) => ({ node: row.id, cursor })),
    pageInfo: {
      hasNextPage: page.hasNextPage,
      hasPreviousPage: page.hasPreviousPage,
      startCursor: page.edges[0]?.cursor ?? null,
      endCursor: page.edges.at(-1)?.cursor ?? null,
    },
  };
}

/** A list at the root. */
export async function rootList(context: Context, spec: ListSpec, args: Args) {
  demandVisibility(context, spec);
  return keep(context, spec, await listRows(context.database, spec, args));
}

/** A list below a parent: all parents of a request that ask for the same page share one statement. */
export async function listUnder(
  context: Context,
  spec: ListSpec & { readonly parent: Parent },
  parentId: string,
  args: Args,
) {
  demandVisibility(context, spec);
  const parent = isUnder(spec.parent);
  const { table, order, where } = spec;
  const key = JSON.stringify([table, order, args, where.sql, where.values, parent.sql, parent.values]);
  const page = await loadTogether(context, key, parentId, (ids) =>
    listRowsUnder(context.database, spec, spec.parent, ids, args),
  );
  return keep(context, spec, page);
}

/** What a list has read is not read again by whoever names one of its rows. */
function keep(context: Context, { table }: ListSpec, page: ListPage) {
  const known = loaderOf(table, context);
  for (const { row } of page.edges) known?.prime(row.id, row);
  return toConnection(page);
}

/** The rows of a list are shown as they are: no list may forget to ask who sees them. */
function demandVisibility({ actor }: Context, { table, where }: ListSpec): void {
  if (where.sql === 'false') return;
  if (!isNodeType(table) || !where.sql.includes(visible(actor, table).sql))
    throw new Error(`the list of ${table} does not ask who may see its rows`);
}

/** Said in every list's description. */
export const pageWords = 'Give `first` or `last`, from 1 to 100.';
