import type { Database } from './client.ts';
import { Prisma } from './generated/client.ts';
import {
  type Cursor,
  encodeCursor,
  type PageRequest,
  type PageWindow,
  parsePageRequest,
} from './page-request.ts';
import { readRows } from './read-rows.ts';
import { uuidList } from './uuid-list.ts';

/** What a list is sorted by; ties by id, so that every row has one place. */
export interface ListOrder {
  readonly column: string;
  readonly type: 'timestamptz' | 'text' | 'int4' | 'float8';
  readonly descending: boolean;
}

export const newestFirst: ListOrder = { column: 'createdAt', type: 'timestamptz', descending: true };
export const oldestFirst: ListOrder = { ...newestFirst, descending: false };
/** A2 before A10, as the collation of the columns says. */
export const byName: ListOrder = { column: 'name', type: 'text', descending: false };

/** A row's place in lists that are newest first. */
export function cursorOf({ id, createdAt }: ListedRow & { readonly createdAt: Date }): string {
  return encodeCursor({ id, value: createdAt.toISOString() });
}

export interface ListSpec {
  readonly table: Prisma.ModelName;
  /**
   * What is read of its rows `t`, their id among it, and for cursors what they are sorted by; all columns where it is
   * left out.
   */
  readonly columns?: Prisma.Sql;
  /** Which rows are in the list, visibility included; columns are those of `t`. */
  readonly where: Prisma.Sql;
  readonly order: ListOrder;
}

/** A row of the listed table. */
export interface ListedRow {
  readonly id: string;
}

/** A row of a page. Its cursor is written when it is asked for: of most pages nobody wants any. */
export class ListEdge {
  readonly node: ListedRow;
  readonly #order: ListOrder;

  constructor(node: ListedRow, order: ListOrder) {
    this.node = node;
    this.#order = order;
  }
  get cursor(): string {
    return encodeCursor({ id: this.node.id, value: sortText(this.node, this.#order) });
  }
}

export interface ListPage {
  readonly edges: readonly ListEdge[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
}

interface Found extends ListedRow {
  readonly listParent?: string;
}

/** A page of a list, in one statement that reads no more rows than the page has, and one. */
export async function listRows(database: Database, spec: ListSpec, request: PageRequest): Promise<ListPage> {
  const window = parsePageRequest(request);
  return toPage(await readRows<Found>(database, pageOf(spec, window, Prisma.empty)), spec.order, window);
}

/** The column of the listed table that holds the parent's id, or the condition over `t` for a parent's id. */
export type Parent = string | ((parentId: Prisma.Sql) => Prisma.Sql);

/** That a row of `t` is in the list of the parent `parents`. */
export function isUnder(parent: Parent): Prisma.Sql {
  return typeof parent === 'string'
    ? Prisma.sql`t.${name(parent)} = parents.id`
    : parent(Prisma.sql`parents.id`);
}

/** The same page of every parent's list, in one statement. */
export async function listRowsUnder(
  database: Database,
  spec: ListSpec,
  parent: Parent,
  parentIds: readonly string[],
  request: PageRequest,
): Promise<Map<string, ListPage>> {
  const window = parsePageRequest(request);
  const own = Prisma.sql`AND ${isUnder(parent)}`;
  const rows = await readRows<Found>(
    database,
    Prisma.sql`
    SELECT parents.id::text AS "listParent", p.*
    FROM unnest(${uuidList(parentIds)}::uuid[]) AS parents(id)
    CROSS JOIN LATERAL (${pageOf(spec, window, own)}) p`,
  );
  const byParent = Map.groupBy(rows, (row) => row.listParent);
  return new Map(parentIds.map((id) => [id, toPage(byParent.get(id) ?? [], spec.order, window)]));
}

/** How many rows every parent's list has, in one statement. */
export async function countUnder(
  database: Database,
  spec: Omit<ListSpec, 'columns' | 'order'>,
  parent: string,
  parentIds: readonly string[],
): Promise<Map<string, number>> {
  const rows = await readRows<{ parent: string; count: number }>(
    database,
    Prisma.sql`
    SELECT t.${name(parent)} AS parent, count(*)::int AS count FROM ${name(spec.table)} t
    WHERE t.${name(parent)} = ANY(${uuidList(parentIds)}::uuid[]) AND (${spec.where}) GROUP BY 1`,
  );
  const counts = new Map(rows.map((row) => [row.parent, row.count]));
  return new Map(parentIds.map((id) => [id, counts.get(id) ?? 0]));
}

/** How many rows a list has. */
export async function countIds(
  database: Database,
  spec: Omit<ListSpec, 'columns' | 'order'>,
): Promise<number> {
  const rows = await readRows<{ count: number }>(
    database,
    Prisma.sql`
    SELECT count(*)::int AS count FROM ${name(spec.table)} t WHERE (${spec.where})`,
  );
  return rows[0]?.count ?? 0;
}

function pageOf(
  { table, columns = Prisma.raw('t.*'), where, order }: ListSpec,
  window: PageWindow,
  own: Prisma.Sql,
): Prisma.Sql {
  const column = Prisma.sql`t.${name(order.column)}`;
  const down = order.descending !== window.backwards;
  const direction = Prisma.raw(down ? 'DESC' : 'ASC');
  const place = (cursor: Cursor | null, sign: '<' | '>') =>
    cursor === null
      ? Prisma.empty
      : Prisma.sql`AND (${column}, t.id) ${Prisma.raw(sign)} (${cursor.value}::${Prisma.raw(order.type)}, ${cursor.id}::uuid)`;
  return Prisma.sql`
    SELECT ${columns} FROM ${name(table)} t
    WHERE (${where}) ${own}
      ${place(window.after, order.descending ? '<' : '>')}
      ${place(window.before, order.descending ? '>' : '<')}
    ORDER BY ${column} ${direction}, t.id ${direction}
    LIMIT ${window.size + 1}`;
}

/** The sort value as text that reads back to the very same value. */
function sortText(row: object, { column }: ListOrder): string {
  const value: unknown = Reflect.get(row, column);
  if (value === undefined) throw new Error(`a list sorted by ${column} was read without it`);
  return value instanceof Date ? value.toISOString() : String(value);
}

function toPage(rows: readonly Found[], order: ListOrder, window: PageWindow): ListPage {
  const more = rows.length > window.size;
  const kept = rows.slice(0, window.size);
  if (window.backwards) kept.reverse();
  return {
    edges: kept.map((row) => new ListEdge(row, order)),
    hasNextPage: window.backwards ? window.before !== null : more,
    hasPreviousPage: window.backwards ? more : window.after !== null,
  };
}

/** A table or column of ours, quoted; never a caller's text. */
function name(identifier: string): Prisma.Sql {
  if (!/^[A-Za-z]+$/.test(identifier))
    throw new RangeError(`"${identifier}" is no name of a table or column`);
  return Prisma.raw(`"${identifier}"`);
}
