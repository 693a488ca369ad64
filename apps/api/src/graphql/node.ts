import { Prisma, readRows, uuidList } from '@cellmixer/database';
import type { ObjectRef } from '@pothos/core';
import { noteShown } from '../access/shown.ts';
import { type NodeType, visible } from '../access/visible.ts';
import type { BatchLoader } from './batch-loader.ts';
import { builder } from './builder.ts';
import { columnsOf } from './columns.ts';
import type { Context } from './context.ts';
import { LoadedRef, type Types } from './loaded-ref.ts';
import { nounOf } from './noun-of.ts';
import { RequestError } from './request-error.ts';

interface Row {
  readonly id: string;
}

/** A type whose rows are asked for by id: one statement for all ids of a request, and only what the actor may see. */
export function defineNode<R extends Row>(type: NodeType) {
  const node = new LoadedRef<R>(type, async (ids, context) => {
    const rows = await loadVisible<R>(context, type, ids, columnsOf(context, type));
    return ids.map((id) => rows.get(id) ?? notFound(type));
  });
  // Its types have no word for fields that give ids.
  builder.nodeRef(node as unknown as ObjectRef<Types, R>, {
    id: { resolve: (row: R) => row.id },
    loadManyWithoutCache: (ids, context) => {
      const loader = node.loaderOf(context);
      return Promise.all(ids.map((id) => loader.load(id).orElse(asValue)));
    },
  });
  nodes.set(type, node as unknown as LoadedRef<Row>);
  return node;
}

/** GraphQL takes an error in place of a value. */
const asValue = (reason: unknown) => reason as never;

const nodes = new Map<string, LoadedRef<Row>>();

/** What a request has read of a type; undefined where it is none that can be asked for by id. */
export function loaderOf(type: string, context: Context): BatchLoader<Row> | undefined {
  return nodes.get(type)?.loaderOf(context);
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
    WHERE t.id = ANY(${uuidList(valid)}::uuid[]) AND ${visible(actor, type)}`,
  );
  for (const row of rows) noteShown(actor, type, row);
  return new Map(rows.map((row) => [row.id, row]));
}

export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}
