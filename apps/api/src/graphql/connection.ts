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
import type { BatchLoader } from './batch-loader.ts';
import { columnsOf } from './columns.ts';
import type { Context } from './context.ts';
import { loaderOf } from './node.ts';
import { keyOf, loaderFor } from './request-loader.ts';

/** A Relay connection out of a page. Its nodes are rows of whatever type the field is of. */
class Connection {
  readonly edges: never[];
  readonly #page: ListPage;

  constructor(page: ListPage) {
    this.edges = page.edges as never[];
    this.#page = page;
  }
  get pageInfo() {
    const { edges, hasNextPage, hasPreviousPage } = this.#page;
    const [startCursor, endCursor] = [edges[0]?.cursor ?? null, edges.at(-1)?.cursor ?? null];
    return { hasNextPage, hasPreviousPage, startCursor, endCursor };
  }
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
  const where = also === undefined ? seen : both(also, seen);
  const known = lastAsked.get(args);
  const isSame =
    known?.context === context &&
    known.table === table &&
    known.where === where &&
    known.below === list.parent &&
    known.order === order;
  if (isSame) return known.pages.load(parent.id);
  const below = typeof list.parent === 'string' ? list.parent : keyOf(isUnder(list.parent));
  const key = `${table} ${below} ${keyOf(where)} ${JSON.stringify([order, args])}`;
  const pages = loaderFor(context, key, async (ids) => {
    const columns = columnsOf(context, table, order);
    const spec = { table, columns, where, order };
    const found = await listRowsUnder(database, spec, list.parent, ids, args);
    return new Map([...found].map(([id, page]) => [id, keep(context, table, page)]));
  });
  lastAsked.set(args, { context, table, below: list.parent, where, order, pages });
  return pages.load(parent.id);
}

interface Asked {
  readonly context: Context;
  readonly table: string;
  readonly below: Parent;
  readonly where: Prisma.Sql;
  readonly order: ListOrder;
  readonly pages: BatchLoader<Connection>;
}

/** What was asked for last with these arguments, which all rows of a field share: the others ask for the same. */
const lastAsked = new WeakMap<PageRequest, Asked>();

/** The same object for the same two, so that rows that ask alike are known to. */
function both(also: Prisma.Sql, seen: Prisma.Sql): Prisma.Sql {
  const known = joined.get(also);
  if (known?.seen === seen) return known.both;
  const where = Prisma.sql`(${also}) AND ${seen}`;
  joined.set(also, { seen, both: where });
  return where;
}

const joined = new WeakMap<Prisma.Sql, { readonly seen: Prisma.Sql; readonly both: Prisma.Sql }>();

/** What a list has read is not read again by whoever names one of its rows. */
function keep(context: Context, table: string, page: ListPage) {
  const known = loaderOf(table, context);
  for (const { node } of page.edges) {
    if (isNodeType(table)) noteShown(context.actor, table, node);
    known?.prime(node.id, node);
  }
  return new Connection(page);
}

/** The rows of a list are shown as they are: no list may forget to ask who sees them. */
function demandVisibility({ actor }: Context, { table, where }: Omit<ListSpec, 'columns'>): void {
  if (isNodeType(table) && where === visible(actor, table)) return;
  if (!isNodeType(table) || !where.sql.includes(visible(actor, table).sql))
    throw new Error(`the list of ${table} does not ask who may see its rows`);
}

/** Said in every list's description. */
export const pageWords = 'Give `first` or `last`, from 1 to 100.';
