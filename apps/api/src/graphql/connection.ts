import {
  isUnder,
  type ListedRow,
  type ListOrder,
  type ListPage,
  type ListSpec,
  listRows,
  listRowsUnder,
  type PageRequest,
  type Parent,
  Prisma,
} from '@cellmixer/database';
import { noteShown } from '../access/shown.ts';
import { isNodeType, type NodeType, visible } from '../access/visible.ts';
import { visibleBelow } from '../access/visible-below.ts';
import { columnsOf } from './columns.ts';
import type { Context } from './context.ts';
import { loaderOf } from './node.ts';
import { keyOf, loadTogether } from './request-loader.ts';

/** A Relay connection out of a page. Its nodes are rows of whatever type the field is of. */
function toConnection(page: ListPage) {
  const { edges, hasNextPage, hasPreviousPage } = page;
  return {
    edges: edges as never[],
    get pageInfo() {
      const [startCursor, endCursor] = [edges[0]?.cursor ?? null, edges.at(-1)?.cursor ?? null];
      return { hasNextPage, hasPreviousPage, startCursor, endCursor };
    },
  };
}

/** A list at the root. */
export async function rootList(context: Context, spec: Omit<ListSpec, 'columns'>, args: PageRequest) {
  demandVisibility(context, spec);
  const columns = columnsOf(context, spec.table, spec.order);
  return keep(context, spec.table, await listRows(context.database, { ...spec, columns }, args));
}

interface ListBelow {
  readonly table: NodeType & Prisma.ModelName;
  readonly parent: Parent;
  /** Which of the rows there that the asker may see, over `t`; all of them where it is left out. */
  readonly also?: Prisma.Sql | undefined;
  readonly order: ListOrder;
}

/**
 * Rows below a parent, of those that the asker may see: all parents of a request that ask for the same page share one
 * statement.
 */
export function listUnder(context: Context, list: ListBelow, parent: ListedRow, args: PageRequest) {
  const { table, also, order } = list;
  const { actor, database } = context;
  const seen =
    typeof list.parent === 'string' ? visibleBelow(actor, table, list.parent, parent) : visible(actor, table);
  const where = also === undefined ? seen : Prisma.sql`(${also}) AND ${seen}`;
  const below = typeof list.parent === 'string' ? list.parent : keyOf(isUnder(list.parent));
  const key = `${table} ${below} ${keyOf(where)} ${JSON.stringify([order, args])}`;
  return loadTogether(context, key, parent.id, async (ids) => {
    const columns = columnsOf(context, table, order);
    const spec = { table, columns, where, order };
    const pages = await listRowsUnder(database, spec, list.parent, ids, args);
    return new Map([...pages].map(([id, page]) => [id, keep(context, table, page)]));
  });
}

/** What a list has read is not read again by whoever names one of its rows. */
function keep(context: Context, table: string, page: ListPage) {
  const known = loaderOf(table, context);
  for (const { node } of page.edges) {
    if (isNodeType(table)) noteShown(context.actor, table, node);
    known?.prime(node.id, node);
  }
  return toConnection(page);
}

/** The rows of a list are shown as they are: no list may forget to ask who sees them. */
function demandVisibility({ actor }: Context, { table, where }: Omit<ListSpec, 'columns'>): void {
  if (isNodeType(table) && where === visible(actor, table)) return;
  if (!isNodeType(table) || !where.sql.includes(visible(actor, table).sql))
    throw new Error(`the list of ${table} does not ask who may see its rows`);
}

/** Said in every list's description. */
export const pageWords = 'Give `first` or `last`, from 1 to 100.';
