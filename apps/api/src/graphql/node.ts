import { Prisma, readRows } from '@cellmixer/database';
import { noteShown } from '../access/shown.ts';
import { type NodeType, visible } from '../access/visible.ts';
import { builder } from './builder.ts';
import { columnsOf } from './columns.ts';
import type { Context } from './context.ts';
import { nounOf } from './noun-of.ts';
import { RequestError } from './request-error.ts';

interface Row {
  readonly id: string;
}

/** A type whose rows are asked for by id: one statement for all ids of a request, and only what the actor may see. */
export function defineNode<R extends Row>(type: NodeType) {
  const node = builder.loadableNodeRef<R, string>(type, {
    id: { resolve: (row) => row.id },
    load: async (ids: string[], context) => {
      const rows = await loadVisible<R>(context, type, ids, columnsOf(context, type));
      return ids.map((id) => rows.get(id) ?? notFound(type));
    },
  });
  loaders.set(type, (context) => node.getDataloader(context) as unknown as NodeLoader);
  return node;
}

interface NodeLoader {
  prime(id: string, row: Row): unknown;
}

const loaders = new Map<string, (context: Context) => NodeLoader>();

/** What a request has read of a type; undefined where it is none that can be asked for by id. */
export function loaderOf(type: string, context: Context): NodeLoader | undefined {
  return loaders.get(type)?.(context);
}

export function notFound(type: string): RequestError {
  return new RequestError(
    'NotFoundError',
    `${type.toUpperCase()}_NOT_FOUND`,
    `There is no such ${nounOf(type)}.`,
    {
      cure: 'It may have been deleted, or belong to a lab or project that you are not in.',
    },
  );
}

/** Those of the rows that the actor may see, whole or these columns of `t`. Ids that are no UUIDs are nobody's. */
export async function loadVisible<R extends Row>(
  { actor, database }: Pick<Context, 'actor' | 'database'>,
  type: NodeType,
  ids: readonly string[],
  columns = Prisma.raw('t.*'),
): Promise<Map<string, R>> {
  const valid = ids.filter(isUuid);
  if (valid.length === 0) return new Map();
  const rows = await readRows<R>(
    database,
    Prisma.sql`
    SELECT ${columns} FROM ${Prisma.raw(`"${type}"`)} t
    WHERE t.id = ANY(${valid}::uuid[]) AND ${visible(actor, type)}`,
  );
  for (const row of rows) noteShown(actor, type, row);
  return new Map(rows.map((row) => [row.id, row]));
}

export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}
