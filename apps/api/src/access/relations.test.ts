import { type Database, Prisma } from '@cellmixer/database';
import { decodeGlobalID, encodeGlobalID } from '@pothos/plugin-relay';
import {
  type GraphQLField,
  type GraphQLInterfaceType,
  type GraphQLNamedType,
  getNamedType,
  isLeafType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
} from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadVisible } from '../graphql/node.ts';
import { deletables, isDeletable } from '../modules/trash/deletable-types.ts';
import { mayDecide, readPlaces } from '../modules/trash/read-places.ts';
import { schema } from '../schema.ts';
import { openAsking } from '../testing/asking.ts';
import { openScatteredWorld, type ScatteredWorld } from '../testing/open-scattered-world.ts';
import type { Who } from '../testing/world.ts';
import type { Actor } from './actor.ts';
import { isNodeType, type NodeType } from './visible.ts';

let opened: ScatteredWorld;
let database: Database;
let actors: Map<Who, Actor>;

beforeAll(async () => {
  opened = await openScatteredWorld();
  ({ database } = opened);
  actors = new Map(opened.actors);
  actors.delete('anonymous');
  // What others have no meaning without cannot be deleted before them.
  await database.model.updateMany({ data: { deletedAt: null } });
  await pointAnywhere();
}, 120_000);
afterAll(() => opened?.[Symbol.asyncDispose]());

/** Columns that name nothing yet name something of their type then, of whichever lab, there or deleted. */
async function pointAnywhere(): Promise<void> {
  const pointers = await database.$queryRaw<{ table: NodeType; column: string; target: NodeType }[]>`
    SELECT c.conrelid::regclass::text AS table, a.attname AS column, c.confrelid::regclass::text AS target
    FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
    WHERE c.contype = 'f' AND NOT a.attnotnull
      AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conrelid = c.conrelid AND k.contype = 'c' AND a.attnum = ANY(k.conkey))`;
  pointers.push(
    { table: 'Evaluation', column: 'baselineVersionId', target: 'ModelVersion' },
    { table: 'Comparison', column: 'acceptedVersionId', target: 'ModelVersion' },
  );
  for (const pointer of pointers) {
    const [table, column, target] = [pointer.table, pointer.column, pointer.target].map((name) =>
      Prisma.raw(`"${name.replaceAll('"', '')}"`),
    );
    await database.$executeRaw(Prisma.sql`
      UPDATE ${table} t SET ${column} = there.id
      FROM (SELECT id, row_number() OVER (ORDER BY md5(id::text)) AS n FROM ${target} other
        WHERE NOT EXISTS (SELECT 1 FROM ${table} u WHERE u.${column} = other.id)) there
      JOIN (SELECT id, row_number() OVER (ORDER BY md5('x' || id::text)) AS n FROM ${table}
        WHERE ${column} IS NULL) here ON here.n = there.n
      WHERE t.id = here.id AND t.id <> there.id`);
  }
}

/** Ids of all rows of a type that the actor may see. */
async function seenOf(actor: Actor, type: NodeType): Promise<string[]> {
  const rows = await database.$queryRaw<{ id: string }[]>(
    Prisma.sql`SELECT id::text AS id FROM ${Prisma.raw(`"${type}"`)}`,
  );
  const ids = rows.map(({ id }) => id);
  return [...(await loadVisible<{ id: string }>({ actor, database }, type, ids)).keys()];
}

/**
 * Asks the same of all things of a type that the actor may see.
 *
 * @throws where a part of it could not be answered that might be null
 */
async function askAll(actor: Actor, type: NodeType, selection: string): Promise<readonly Answered[]> {
  const ids = (await seenOf(actor, type)).map((id) => encodeGlobalID(type, id));
  if (ids.length === 0) return [];
  const query = `query($ids: [ID!]!) { nodes(ids: $ids) { id ... on ${type} { ${selection} } } }`;
  const { data, errors = [] } = await openAsking(database).answer(actor, query, { ids });
  for (const error of errors) if (mayBeNull(type, error.path ?? [])) throw error.originalError ?? error;
  return ((data?.nodes ?? []) as (Answered | null)[]).filter((one) => one !== null);
}

interface Answered {
  readonly id: string;
  readonly viewerCanDelete?: boolean;
}

/** Whether the schema lets the place in an answer be null. */
function mayBeNull(type: NodeType, [_nodes, _place, ...path]: readonly (string | number)[]): boolean {
  let at: GraphQLNamedType | undefined = schema.getType(type);
  let needed = false;
  for (const name of path) {
    if (typeof name === 'number') needed = false;
    else {
      const field: Field | undefined = isObjectType(at) ? at.getFields()[name] : undefined;
      if (field === undefined) throw new Error(`no field ${name} of ${at?.name}`);
      needed = isNonNullType(field.type);
      at = getNamedType(field.type);
    }
  }
  return !needed;
}

type Field = GraphQLField<unknown, unknown>;
const types = schema
  .getPossibleTypes(schema.getType('Node') as GraphQLInterfaceType)
  .map(({ name }) => name as NodeType);

/** The fields of a type that hand out things, each as a selection of their ids; values of more parts are looked into. */
function handingOut(type: GraphQLNamedType, depth = 3): string[] {
  if (!isObjectType(type) || depth === 0) return [];
  return Object.values(type.getFields() as Record<string, Field>).flatMap((field) => {
    const of = getNamedType(field.type);
    if (isLeafType(of) || field.args.some(isRequiredArgument)) return [];
    if (of.name.endsWith('Connection'))
      return [`${field.name}(first: 100) { edges { node { __typename id } } }`];
    if (isNodeType(of.name)) return [`${field.name} { __typename id }`];
    const inner = handingOut(of, depth - 1);
    return inner.length === 0 ? [] : [`${field.name} { ${inner.join(' ')} }`];
  });
}

/** Every thing in an answer, by type and id; the asked ones are not in it. */
function* thingsIn(answer: unknown): Generator<{ readonly type: string; readonly id: string }> {
  if (Array.isArray(answer)) for (const one of answer) yield* thingsIn(one);
  if (typeof answer !== 'object' || answer === null) return;
  if ('__typename' in answer && 'id' in answer) {
    const { typename, id } = decodeGlobalID(String(answer.id));
    yield { type: typename, id };
  }
  for (const value of Object.values(answer)) yield* thingsIn(value);
}

describe('what hangs from a thing', () => {
  it.each(types)(
    '%s hands out nothing that the asker could not ask for by id',
    async (type) => {
      for (const selection of handingOut(schema.getType(type)!))
        for (const [who, actor] of actors) {
          const found = Map.groupBy(thingsIn(await askAll(actor, type, selection)), (thing) => thing.type);
          for (const [found_, things] of found) {
            if (!isNodeType(found_)) throw new Error(`${found_} is nothing that can be asked for by id`);
            const ids = [...new Set(things.map(({ id }) => id))];
            const seen = await loadVisible({ actor, database }, found_, ids);
            const hidden = ids.filter((id) => !seen.has(id));
            expect(hidden, `${who}: ${type} { ${selection} }`).toEqual([]);
          }
        }
    },
    120_000,
  );
});

describe('viewerCanDelete', () => {
  it.each(Object.keys(deletables).filter(isDeletable))(
    'of %s says what the deletion would',
    async (type) => {
      const said = new Set<boolean>();
      for (const [who, actor] of actors) {
        const rows = await askAll(actor, type, 'viewerCanDelete');
        const ids = rows.map(({ id }) => decodeGlobalID(id).id);
        const places = new Map((await readPlaces({ database }, type, ids)).map((place) => [place.id, place]));
        for (const [i, { viewerCanDelete }] of rows.entries()) {
          const place = places.get(ids[i] ?? '');
          expect(viewerCanDelete, `${who}: ${ids[i]}`).toBe(mayDecide(actor, type, place!));
          said.add(viewerCanDelete === true);
        }
      }
      expect([...said].toSorted()).toEqual([false, true]);
    },
    60_000,
  );
});
