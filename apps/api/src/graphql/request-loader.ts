import { hash } from 'node:crypto';
import type { Prisma } from '@cellmixer/database';
import type { Loading } from '../execution/loading.ts';
import { BatchLoader } from './batch-loader.ts';
import type { Context } from './context.ts';

const loaders = new WeakMap<Context, Map<string, BatchLoader<unknown>>>();

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
  load: LoadMany<Value>,
): Loading<Value> {
  return loaderFor(context, question, load).load(id);
}

type LoadMany<Value> = (ids: readonly string[]) => Promise<ReadonlyMap<string, Value>>;

/** The request's loader of what is asked, for who asks it of many. */
export function loaderFor<Value>(
  context: Context,
  question: string,
  load: LoadMany<Value>,
): BatchLoader<Value> {
  let known = loaders.get(context);
  if (known === undefined) {
    known = new Map();
    loaders.set(context, known);
  }
  let loader = known.get(question) as BatchLoader<Value> | undefined;
  if (loader === undefined) {
    loader = new BatchLoader(async (ids) => {
      const values = await load(ids);
      return ids.map((one) =>
        values.has(one) ? (values.get(one) as Value) : new Error(`nothing for ${one}`),
      );
    });
    known.set(question, loader as BatchLoader<unknown>);
  }
  return loader;
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
