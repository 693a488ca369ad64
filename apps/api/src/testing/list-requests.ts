import {
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
} from 'graphql';
import type { World } from './world.ts';

/** A request for a list, with one field of its nodes opened. */
export interface ListRequest {
  /** Such as `Dataset.images { sample }`; `100 × Dataset.images` asks for one of each of a hundred parents. */
  readonly name: string;
  /** @param count nodes that are asked for */
  query(count: number): string;
}

const globalId = (type: string, id: string) => Buffer.from(`${type}:${id}`).toString('base64');

/**
 * Every list of the schema: at the root, below the viewer, below one thing, and below many things at once; each alone
 * and with each field of its nodes that is an object or another list, two objects deep.
 *
 * @param many ids of as many things of a type as can be asked for at once
 * @throws where an argument is required that nobody can guess: name it as the type whose id it takes
 */
export function listRequests(
  schema: GraphQLSchema,
  world: World,
  many: ReadonlyMap<string, readonly string[]>,
): ListRequest[] {
  const requests: ListRequest[] = [];
  const add = (name: string, list: Field, wrap: (inner: string) => string) => {
    for (const [opened, selection] of selections(nodeOf(list)))
      requests.push({
        name: opened === '' ? name : `${name} { ${opened} }`,
        query: (count) =>
          wrap(`${call(list, world, count)} { edges { node { ${selection} } } pageInfo { endCursor } }`),
      });
  };
  for (const field of lists(schema.getQueryType())) add(field.name, field, (inner) => `{ ${inner} }`);
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type === schema.getQueryType()) continue;
    for (const field of lists(type)) {
      const name = `${type.name}.${field.name}`;
      if (type.name === 'Viewer') add(name, field, (inner) => `{ viewer { ${inner} } }`);
      const id = world.rows.get(type.name as never);
      if (id === undefined) continue;
      add(
        name,
        field,
        (inner) => `{ node(id: "${globalId(type.name, id)}") { ... on ${type.name} { ${inner} } } }`,
      );
      const parents = many.get(type.name);
      if (parents === undefined) continue;
      requests.push({
        name: `${parents.length} × ${name}`,
        query: (count) => {
          const ids = parents.slice(0, count).map((one) => `"${globalId(type.name, one)}"`);
          const inner = `${call(field, world, 1)} { edges { node { ${leaves(nodeOf(field))} } } }`;
          return `{ nodes(ids: [${ids.join(' ')}]) { ... on ${type.name} { __typename id ${inner} } } }`;
        },
      });
    }
  }
  return requests;
}

type Field = GraphQLField<unknown, unknown>;

function lists(type: GraphQLNamedType | null | undefined): Field[] {
  return isObjectType(type) ? Object.values(type.getFields()).filter(isList) : [];
}

function isList(field: Field): boolean {
  return getNamedType(field.type).name.endsWith('Connection');
}

/** What a connection's nodes are. */
function nodeOf(list: Field): GraphQLNamedType {
  const edges = (getNamedType(list.type) as GraphQLObjectType).getFields().edges;
  const edge = getNamedType(edges!.type) as GraphQLObjectType;
  return getNamedType(edge.getFields().node!.type);
}

function call(list: Field, world: World, count: number): string {
  const required = list.args.filter(isRequiredArgument).map(({ name }) => {
    const type = name.charAt(0).toUpperCase() + name.slice(1);
    const id = world.rows.get(type as never);
    if (id === undefined) throw new Error(`no value for the argument ${name} of ${list.name}`);
    return `${name}: "${globalId(type, id)}"`;
  });
  return `${list.name}(${[...required, `first: ${count}`].join(', ')})`;
}

/** What can be asked of a node, each with the name of the field that it opens. */
function* selections(type: GraphQLNamedType): Generator<readonly [opened: string, selection: string]> {
  yield ['', leaves(type)];
  if (!isObjectType(type)) return;
  for (const field of Object.values(type.getFields())) {
    if (isLeafType(getNamedType(field.type)) || field.args.some(isRequiredArgument)) continue;
    const node = isList(field) ? nodeOf(field) : getNamedType(field.type);
    yield [field.name, `__typename id ${open(field, withObjects(node))}`];
  }
}

function open(field: Field, below: string): string {
  return isList(field)
    ? `${field.name}(first: 1) { edges { node { ${below} } } }`
    : `${field.name} { ${below} }`;
}

/** Its values, with all objects below it. */
function withObjects(type: GraphQLNamedType): string {
  if (!isObjectType(type)) return '__typename';
  const objects = Object.values(type.getFields())
    .filter(
      (field) =>
        !isLeafType(getNamedType(field.type)) && !isList(field) && !field.args.some(isRequiredArgument),
    )
    .map((field) => open(field, least(getNamedType(field.type))));
  return [leaves(type), ...objects].join(' ');
}

/** The row is read for one of its values as for all of them. */
function least(type: GraphQLNamedType): string {
  if (!isObjectType(type)) return '__typename';
  return 'id' in type.getFields() ? 'id' : leaves(type).split(' ').slice(0, 2).join(' ');
}

/** All fields that are values. */
function leaves(type: GraphQLNamedType): string {
  if (!isObjectType(type)) return '__typename';
  const names = Object.values(type.getFields())
    .filter((field) => isLeafType(getNamedType(field.type)) && !field.args.some(isRequiredArgument))
    .filter((field) => field.extensions.oneAtATime !== true)
    .map((field) => field.name);
  return ['__typename', ...names].join(' ');
}
