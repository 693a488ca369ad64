import { hash } from 'node:crypto';
import type { Prisma } from '@cellmixer/database';
import DataLoader from 'dataloader';
import type { Context } from './context.ts';

const loaders = new WeakMap<Context, Map<string, DataLoader<string, unknown>>>();

/**
 * Loads something for an id together with everybody of the same request who asks the same.
 *
 * @param question names what is asked, arguments included; the same text must mean the same `load`
 * @param load answers for many ids in one statement
 */
export function loadTogether<Value>(
  context: Context,
  question: string,
  id: string,
  load: (ids: readonly string[]) => Promise<ReadonlyMap<string, Value>>,
): Promise<Value> {
  let known = loaders.get(context);
  if (known === undefined) {
    known = new Map();
    loaders.set(context, known);
  }
  let loader = known.get(question) as DataLoader<string, Value> | undefined;
  if (loader === undefined) {
    loader = new DataLoader(async (ids) => {
      const values = await load(ids);
      return ids.map((one) => values.get(one) ?? new Error(`nothing for ${one}`));
    });
    known.set(question, loader);
  }
  return loader.load(id);
}

const keys = new WeakMap<Prisma.Sql, string>();

/** Names a piece of SQL with its values; worked out once for those that all rows of a request share. */
export function keyOf(sql: Prisma.Sql): string {
  let key = keys.get(sql);
  if (key === undefined) {
    key = hash('sha256', JSON.stringify([sql.sql, sql.values]), 'base64url');
    keys.set(sql, key);
  }
  return key;
}
