import {
  buildSchema,
  execute,
  type GraphQLObjectType,
  getIntrospectionQuery,
  parse,
  validate,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { executeByLevel } from './execute-by-level.ts';

const schema = buildSchema(`
  interface Node { id: ID! }
  enum Stain { NONE HOECHST }
  type Plate implements Node { id: ID! name: String! wells(first: Int = 2): [Well!]! stain: Stain sizes: [Int] }
  type Well implements Node { id: ID! name: String plate: Plate! row(up: Boolean): Int! grid: [[Int!]]! }
  union Thing = Plate | Well
  type Query {
    plate(id: ID!): Plate
    plates: [Plate]!
    must: Plate!
    things: [Thing!]
    nodes: [Node]
    number: Int
    list: [Int!]
    count: Int!
  }
  type Mutation { add(n: Int!): Int addOrBreak(n: Int!): Int! }
`);

const later = <T>(value: T) => Promise.resolve().then(() => value);
const broken = (message: string) => Promise.reject(new Error(message));

/** Values that come at once, later, as errors and not at all. */
function world() {
  const plates = [1, 2, 3].map((n) => ({
    __typename: 'Plate',
    id: `p${n}`,
    name: n === 2 ? () => later(`Plate ${n}`) : `Plate ${n}`,
    stain: n === 3 ? 'WRONG' : 'NONE',
    sizes: () => [1, null, later(3), n === 1 ? 'no number' : 4, n === 2 ? broken('no size') : 5],
    wells: ({ first }: { first: number }) => later(wells.slice(0, first)),
  }));
  const wells = [1, 2, 3].map((n) => ({
    __typename: 'Well',
    id: n === 3 ? null : `w${n}`,
    name: n === 1 ? null : later(`A${n}`),
    plate: () => (n === 2 ? later(plates[0]) : plates[1]),
    row: ({ up }: { up?: boolean }) => {
      if (up) throw new Error('no way up');
      return later(n);
    },
    grid: [[1, 2], n === 2 ? [3, null] : [3], later([4])],
  }));
  let sum = 0;
  const add = (n: number) => {
    sum += n;
    return sum;
  };
  return {
    plate: ({ id }: { id: string }) => later(plates.find((plate) => plate.id === id)),
    plates: () => [plates[0], null, later(plates[1]), broken('plate 3 fell down')],
    must: null,
    things: () => later([wells[0], plates[2], later(wells[1])]),
    nodes: () => [plates[0], wells[1], new Error('an error as a value')],
    number: 'x',
    list: 5,
    count: 1,
    add: ({ n }: { n: number }) => later(add(n)),
    addOrBreak: ({ n }: { n: number }) => {
      if (n < 0) throw new Error('below nothing');
      return add(n);
    },
  };
}

async function compare(source: string, variableValues: Record<string, unknown> = {}) {
  const document = parse(source);
  expect(validate(schema, document)).toEqual([]);
  const told = async (run: typeof executeByLevel | typeof execute) => {
    const { data, errors = [] } = await run({ schema, document, rootValue: world(), variableValues });
    const said = errors.map((error) => JSON.stringify(error)).sort();
    // As text, since the order of fields counts.
    return { data: JSON.stringify(data), errors: said };
  };
  const answer = await told(executeByLevel);
  expect(answer).toEqual(await told(execute));
  return answer;
}

describe('what is answered level by level is what graphql-js answers', () => {
  it.each([
    ['fields of rows', '{ count plate(id: "p1") { name id } plates { id wells { id name } } }'],
    [
      'unions',
      '{ things { __typename ... on Well { name plate { name wells(first: 1) { id } } } ... on Plate { title: name } } }',
    ],
    ['interfaces, and errors as values', '{ nodes { id ... on Plate { sizes } } }'],
    [
      'fragments, lists of lists, and enums',
      '{ a: plate(id: "p2") { ...P wells { ...W } } b: plate(id: "p3") { stain id } } fragment P on Plate { id sizes } fragment W on Well { grid row plate { ...P } }',
    ],
    [
      'fields that are asked for twice',
      '{ plate(id: "p1") { wells { row } wells { name } name } plate(id: "p1") { id } }',
    ],
    ['what is of the wrong type', '{ number list count }'],
    ['any alias', '{ plate(id: "p1") { __proto__: name constructor: id } }'],
    [
      'introspection',
      '{ __schema { queryType { name } } __type(name: "Well") { fields { name } } __typename }',
    ],
    ['introspection of everything', getIntrospectionQuery()],
  ])('%s', async (_name, source) => {
    await compare(source);
  });

  it('where variables decide what is asked for', async () => {
    const source = `query($id: ID! = "p1", $deep: Boolean!, $first: Int) {
      plate(id: $id) { name @skip(if: $deep) wells(first: $first) @include(if: $deep) { id ... @include(if: $deep) { name } } } }`;
    await compare(source, { deep: true, first: 1 });
    await compare(source, { deep: false, id: 'p2' });
    await compare(source, { deep: 'yes' });
    const wrong = await compare(source, {});
    expect(wrong.errors).toHaveLength(1);
  });

  it('where something is missing that must be there, at any depth', async () => {
    expect((await compare('{ count must { id } }')).data).toBe('null');
    await compare('{ plate(id: "p1") { id wells(first: 3) { id } } count }');
    await compare('{ plates { wells { row(up: true) } } }');
    await compare('{ things { ... on Well { row(up: true) } } count }');
  });

  it('where one mutation follows the other, and none follows one that took the whole answer away', async () => {
    expect((await compare('mutation { add(n: 1) b: add(n: 2) c: addOrBreak(n: 3) }')).data).toBe(
      '{"add":1,"b":3,"c":6}',
    );
    await compare('mutation { add(n: 1) b: addOrBreak(n: -1) c: add(n: 2) }');
  });

  it('where there is no such operation', async () => {
    const document = parse('query A { count } query B { count }');
    for (const operationName of [undefined, 'C'])
      expect(await executeByLevel({ schema, document, operationName })).toEqual(
        await execute({ schema, document, operationName }),
      );
  });
});

describe('a field', () => {
  it('is resolved for all objects of a level before any of them is gone into, and knows its path', async () => {
    const calls: string[] = [];
    const level = buildSchema(
      'type Row { id: Int cells: [Cell] } type Cell { text: String } type Query { rows: [Row] }',
    );
    const field = (type: string, name: string) =>
      (level.getType(type) as GraphQLObjectType).getFields()[name]!;
    field('Row', 'cells').resolve = async (row, _args, _context, { path }) => {
      calls.push(`cells of ${row.id} at ${path.prev?.key}`);
      return [{ text: `text ${row.id}` }];
    };
    field('Cell', 'text').resolve = (cell) => {
      calls.push(cell.text);
      return cell.text;
    };
    const rootValue = { rows: [{ id: 1 }, { id: 2 }] };
    await executeByLevel({ schema: level, document: parse('{ rows { cells { text } } }'), rootValue });
    expect(calls).toEqual(['cells of 1 at 0', 'cells of 2 at 1', 'text 1', 'text 2']);
  });
});
