import { type ListOrder, Prisma } from '@cellmixer/database';
import {
  type DocumentNode,
  type GraphQLField,
  type GraphQLSchema,
  isAbstractType,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import type { NodeType } from '../access/visible.ts';
import type { Context } from './context.ts';

type Columns = ReadonlySet<string>;
/** What a document's fields read. */
interface Reading {
  /** Of the rows of each type; null for all of it. */
  readonly types: ReadonlyMap<string, Columns | null>;
  /** Whether they ask for places in lists, which are written from what the lists are sorted by. */
  readonly places: boolean;
  /** The same in SQL, by type and what is added for its order. */
  readonly written: Map<string, Prisma.Sql>;
}

// biome-ignore lint/complexity/noBannedTypes: only a key
type Resolver = Function;

const reads = new WeakMap<Resolver, readonly string[]>();

/** Types of which no more is read from the database than the asked fields need. */
const narrow = new Set<string>();

/**
 * Makes a type one of which no more columns are read than the asked fields need: those that are plain columns, and
 * those whose resolvers say what they read, and are given no others. Where any other field is asked for, rows are read
 * whole. Nobody but its fields may read what lists and loaders give of such a type.
 */
export function readsOf<Row>(type: NodeType) {
  narrow.add(type);
  return <const Column extends keyof Row & string>(...columns: readonly Column[]) =>
    <Args, Result>(resolve: (row: Pick<Row, Column>, args: Args, context: Context) => Result) => {
      reads.set(resolve, columns);
      return resolve;
    };
}

const readings = new WeakMap<DocumentNode, Reading>();
const readingOf = new WeakMap<object, Reading>();

/** Remembers what a request's one document reads. Without it rows are read whole. */
export function noteReading(context: object, schema: GraphQLSchema, document: DocumentNode): void {
  let reading = readings.get(document);
  if (reading === undefined) {
    reading = readDocument(schema, document);
    readings.set(document, reading);
  }
  readingOf.set(context, reading);
}

/**
 * The columns of `t` that a request reads of a type, its id among them, and of a list what it is sorted by, where
 * somebody asks for places in lists; all of them where nobody knows.
 */
export function columnsOf(context: Context, type: string, order?: ListOrder): Prisma.Sql {
  const reading = readingOf.get(context);
  const asked = narrow.has(type) ? reading?.types.get(type) : null;
  if (asked == null) return everything;
  const sorted = order !== undefined && reading?.places ? order.column : 'id';
  const key = `${type} ${sorted}`;
  let written = reading?.written.get(key);
  if (written === undefined) {
    written = write(new Set(['id', ...asked, sorted]));
    reading?.written.set(key, written);
  }
  return written;
}

function write(columns: ReadonlySet<string>): Prisma.Sql {
  const names = [...columns].sort().map((name) => `t."${name}"`);
  return Prisma.raw(names.join(', '));
}

const everything = Prisma.raw('t.*');

function readDocument(schema: GraphQLSchema, document: DocumentNode): Reading {
  const types = new Map<string, Set<string> | null>();
  let places = false;
  const info = new TypeInfo(schema);
  const note = (type: string, columns: readonly string[] | null) => {
    const known = types.get(type);
    if (columns === null || known === null) types.set(type, null);
    else types.set(type, new Set([...(known ?? []), ...columns]));
  };
  const visitor = visitWithTypeInfo(info, {
    Field(node) {
      const parent = info.getParentType();
      if (parent == null || node.name.value.startsWith('__')) return;
      if (node.name.value === 'cursor' || node.name.value === 'pageInfo') places = true;
      for (const type of isAbstractType(parent) ? schema.getPossibleTypes(parent) : [parent]) {
        const field = 'getFields' in type ? type.getFields()[node.name.value] : undefined;
        note(type.name, field === undefined ? null : columnsOfField(field));
      }
    },
  });
  visit(document, visitor);
  return { types, places, written: new Map() };
}

function columnsOfField({ name, extensions }: GraphQLField<unknown, unknown>): readonly string[] | null {
  if (name === 'id') return [];
  const { pothosExposedField: exposed, pothosOriginalResolve: resolve } = extensions;
  if (typeof exposed === 'string') return [exposed];
  return (typeof resolve === 'function' ? reads.get(resolve) : undefined) ?? null;
}
