import {
  defaultTypeResolver,
  type FieldNode,
  type GraphQLAbstractType,
  GraphQLError,
  type GraphQLField,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  locatedError,
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
  TypeNameMetaFieldDef,
} from 'graphql';
import type { Asked, AskedField, Values } from './asked.ts';
import { collectFields } from './collect-fields.ts';
import { FieldCall } from './field-call.ts';
import { Answer, isGone, type Place, pathTo, remove } from './place.ts';
import { resolveField } from './resolve-field.ts';
import { settle } from './settle.ts';
import { Thrown } from './thrown.ts';

/** Undefined where nothing is waited for. */
type Done = Promise<unknown> | undefined;

/** Fills in one answer. Errors of fields are kept; a promise of it that is broken is a mistake of ours. */
export class Filling {
  readonly errors: GraphQLError[] = [];
  readonly #asked: Asked;

  constructor(asked: Asked) {
    this.#asked = asked;
  }

  /** Fills fields in, for objects of one type. */
  fill(
    type: GraphQLObjectType,
    fields: Iterable<readonly [key: string, nodes: readonly FieldNode[]]>,
    places: readonly Place[],
  ): Done {
    const asked = this.#asked;
    const waits: Done[] = [];
    for (const [key, nodes] of fields) {
      const definition = this.#definition(type, nodes[0]?.name.value ?? '');
      if (definition === undefined) continue;
      const field: AskedField = { asked, key, nodes, parentType: type, definition };
      const values = resolveField(field, places);
      waits.push(this.#complete(definition.type, { field, values, places, indexes: null }));
    }
    return all(waits);
  }

  #definition(type: GraphQLObjectType, name: string): GraphQLField<unknown, unknown> | undefined {
    if (name === TypeNameMetaFieldDef.name) return TypeNameMetaFieldDef;
    if (type === this.#asked.schema.getQueryType()) {
      if (name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef;
      if (name === TypeMetaFieldDef.name) return TypeMetaFieldDef;
    }
    return type.getFields()[name];
  }

  /** Puts values into their places, as their type says, once all of them are there. */
  #complete(type: GraphQLOutputType, some: Values): Done {
    const settled = settle(some.values);
    if (!(settled instanceof Promise)) return this.#completeNow(type, { ...some, values: settled });
    // Keeps the order of the answer.
    for (let i = 0; i < some.values.length; i++) put(some, i, null);
    return settled.then((values) => this.#completeNow(type, { ...some, values }));
  }

  #completeNow(type: GraphQLOutputType, some: Values): Done {
    const nullable = !isNonNullType(type);
    const inner = isNonNullType(type) ? type.ofType : type;
    if (isLeafType(inner)) return this.#completeLeaves(inner, nullable, some);
    const { values, places, indexes, field } = some;
    const made: Place[] = [];
    for (let i = 0; i < values.length; i++) {
      if (!this.#isThere(some, i, nullable)) continue;
      const target = (isListType(inner) ? [] : new Answer()) as Place['target'];
      const up = places[i] as Place;
      put(some, i, target);
      made.push({ source: values[i], target, up, key: indexes?.[i] ?? field.key, nullable, gone: false });
    }
    if (made.length === 0) return undefined;
    if (isListType(inner)) return this.#fillLists(inner.ofType, field, made);
    if (isAbstractType(inner)) return this.#fillAbstract(inner, field, made);
    return this.#fillObjects(inner, field, made);
  }

  #completeLeaves(type: GraphQLLeafType, nullable: boolean, some: Values): undefined {
    for (let i = 0; i < some.values.length; i++) {
      if (!this.#isThere(some, i, nullable)) continue;
      try {
        const value: unknown = type.serialize(some.values[i]);
        if (value == null) throw new Error(`${type.name} has no way to write ${some.values[i]}`);
        put(some, i, value);
      } catch (error) {
        this.#fail(some, i, nullable, error);
      }
    }
  }

  /** All items of all lists of a level go on together. */
  #fillLists(type: GraphQLOutputType, field: AskedField, lists: readonly Place[]): Done {
    const { parentType, definition } = field;
    const values: unknown[] = [];
    const places: Place[] = [];
    const indexes: number[] = [];
    for (const list of lists) {
      if (!isIterable(list.source)) {
        const name = `${parentType.name}.${definition.name}`;
        this.#failAt(
          field,
          list,
          new GraphQLError(`Expected Iterable, but did not find one for field "${name}".`),
        );
        continue;
      }
      let index = 0;
      for (const value of list.source) {
        values.push(value);
        places.push(list);
        indexes.push(index++);
      }
    }
    return this.#complete(type, { field, values, places, indexes });
  }

  #fillAbstract(type: GraphQLAbstractType, field: AskedField, places: readonly Place[]): Done {
    const { contextValue, schema } = this.#asked;
    const resolveType = type.resolveType ?? defaultTypeResolver;
    const names = places.map((place) => {
      try {
        return resolveType(place.source, contextValue, callOf(field, place), type);
      } catch (error) {
        return new Thrown(error);
      }
    });
    const fillKnown = (known: readonly unknown[]) => {
      const waits: Done[] = [];
      for (const [name, some] of Map.groupBy(places, (_place, i) => known[i])) {
        const object = typeof name === 'string' ? schema.getType(name) : undefined;
        if (isObjectType(object) && schema.isSubType(type, object)) {
          waits.push(this.#fillObjects(object, field, some));
          continue;
        }
        const wrong = new GraphQLError(`${type.name} cannot be of the type "${name}".`);
        for (const place of some) this.#failAt(field, place, name instanceof Thrown ? name.reason : wrong);
      }
      return all(waits);
    };
    const settled = settle(names);
    return settled instanceof Promise ? settled.then(fillKnown) : fillKnown(settled);
  }

  #fillObjects(type: GraphQLObjectType, field: AskedField, places: readonly Place[]): Done {
    const { contextValue } = this.#asked;
    const fields = collectFields(
      this.#asked,
      type,
      field.nodes.map((node) => node.selectionSet),
    );
    const { isTypeOf } = type;
    if (isTypeOf == null) return this.fill(type, fields, places);
    const right = places.filter(
      (place) => isTypeOf(place.source, contextValue, callOf(field, place)) === true,
    );
    for (const place of places)
      if (!right.includes(place))
        this.#failAt(field, place, new GraphQLError(`Expected value of type "${type.name}".`));
    return this.fill(type, fields, right);
  }

  /** Whether a value is neither missing nor an error; otherwise nothing more has to be done for it. */
  #isThere(some: Values, i: number, nullable: boolean): boolean {
    const value = some.values[i];
    if (value instanceof Thrown) this.#fail(some, i, nullable, value.reason);
    else if (value instanceof Error) this.#fail(some, i, nullable, value);
    else if (value != null) return true;
    else if (nullable) put(some, i, null);
    else {
      const { parentType, definition } = some.field;
      const name = `${parentType.name}.${definition.name}`;
      this.#fail(some, i, nullable, new Error(`Cannot return null for non-nullable field ${name}.`));
    }
    return false;
  }

  #fail(some: Values, i: number, nullable: boolean, reason: unknown): void {
    const { field, places, indexes } = some;
    const place = places[i] as Place;
    if (isGone(place)) return;
    this.errors.push(locatedError(reason, field.nodes, pathTo(place, indexes?.[i] ?? field.key)));
    if (nullable) put(some, i, null);
    else remove(place);
  }

  /** Of an object or list that has already been given its place. */
  #failAt(field: AskedField, place: Place, reason: unknown): void {
    if (isGone(place)) return;
    this.errors.push(locatedError(reason, field.nodes, pathTo(place.up as Place, place.key)));
    remove(place);
  }
}

function callOf(field: AskedField, place: Place): FieldCall {
  return new FieldCall(field, place.up as Place);
}

function put({ places, indexes, field }: Values, i: number, value: unknown): void {
  (places[i] as Place).target[indexes?.[i] ?? field.key] = value;
}

function all(waits: readonly Done[]): Done {
  const waiting = waits.filter((wait) => wait !== undefined);
  return waiting.length === 0 ? undefined : Promise.all(waiting);
}

function isIterable(value: unknown): value is Iterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.iterator in value;
}
