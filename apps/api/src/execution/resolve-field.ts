import { type FieldNode, getArgumentValues } from 'graphql';
import type { AskedField } from './asked.ts';
import { FieldCall } from './field-call.ts';
import type { Place } from './place.ts';
import { Thrown } from './thrown.ts';

/** A field's values for all objects of a level; what a resolver throws is told as such. */
export function resolveField(field: AskedField, places: readonly Place[]): unknown[] {
  const { definition, nodes, asked } = field;
  const { contextValue, variableValues } = asked;
  const { name, resolve } = definition;
  let args: Record<string, unknown>;
  try {
    // Most fields take none.
    args =
      definition.args.length === 0
        ? {}
        : getArgumentValues(definition, nodes[0] as FieldNode, variableValues);
  } catch (error) {
    return places.map(() => new Thrown(error));
  }
  return places.map((place) => {
    const { source } = place;
    try {
      if (resolve !== undefined) return resolve(source, args, contextValue, new FieldCall(field, place));
      const value = (source as Record<string, unknown> | null | undefined)?.[name];
      if (typeof value !== 'function') return value;
      return value.call(source, args, contextValue, new FieldCall(field, place));
    } catch (error) {
      return new Thrown(error);
    }
  });
}
