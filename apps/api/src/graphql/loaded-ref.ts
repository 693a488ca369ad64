import { ImplementableObjectRef } from '@pothos/core';
import { type GraphQLSchema, getNamedType, isObjectType } from 'graphql';
import { Loading } from '../execution/loading.ts';
import { isPromise } from '../execution/thrown.ts';
import { BatchLoader } from './batch-loader.ts';
import { builder } from './builder.ts';
import type { Context } from './context.ts';

export type Types = typeof builder.$inferSchemaTypes;
type Load<Row> = (ids: readonly string[], context: Context) => Promise<readonly (Row | Error)[]>;

/** A type whose fields may give an id: the row is then read together with all others of the type. */
export class LoadedRef<Row> extends ImplementableObjectRef<Types, Row | string, Row> {
  readonly #load: Load<Row>;
  readonly #loaders = new WeakMap<Context, BatchLoader<Row>>();

  constructor(name: string, load: Load<Row>) {
    super(builder, name);
    this.#load = load;
    const loaderOf = (context: Context) => this.loaderOf(context);
    this.updateConfig((config) => ({ ...config, extensions: { ...config.extensions, loaderOf } }));
  }

  /** What a request has read of the type. */
  loaderOf(context: Context): BatchLoader<Row> {
    let loader = this.#loaders.get(context);
    if (loader === undefined) {
      loader = new BatchLoader((ids) => this.#load(ids, context));
      this.#loaders.set(context, loader);
    }
    return loader;
  }
}

/** Has rows read that fields give the ids of. */
export function readGivenIds(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      const { loaderOf } = getNamedType(field.type).extensions;
      const { resolve } = field;
      if (typeof loaderOf !== 'function' || resolve === undefined) continue;
      field.resolve = (source, args, context, info) =>
        readGiven(resolve(source, args, context, info), loaderOf as LoaderOf, context);
    }
  }
  return schema;
}

/** Rows in place of ids; a list of them may be given too. */
function readGiven(given: unknown, loaderOf: LoaderOf, context: Context): unknown {
  if (typeof given === 'string') return loaderOf(context).load(given);
  if (Array.isArray(given)) return given.map((one) => readGiven(one, loaderOf, context));
  // What is loading is a row.
  if (given instanceof Loading || !isPromise(given)) return given;
  return given.then((one) => readGiven(one, loaderOf, context));
}

type LoaderOf = (context: Context) => BatchLoader<unknown>;
