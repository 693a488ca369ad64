import type {
  FieldNode,
  GraphQLObjectType,
  GraphQLOutputType,
  GraphQLResolveInfo,
  OperationDefinitionNode,
} from 'graphql';
import type { AskedField } from './asked.ts';
import { type Place, pathTo } from './place.ts';

/** What a resolver is told of its call; made for each, so that nothing is worked out that nobody reads. */
export class FieldCall implements GraphQLResolveInfo {
  readonly #field: AskedField;
  readonly #place: Place;

  constructor(field: AskedField, place: Place) {
    this.#field = field;
    this.#place = place;
  }
  get fieldName(): string {
    return this.#field.definition.name;
  }
  get fieldNodes(): readonly FieldNode[] {
    return this.#field.nodes;
  }
  get returnType(): GraphQLOutputType {
    return this.#field.definition.type;
  }
  get parentType(): GraphQLObjectType {
    return this.#field.parentType;
  }
  get path(): GraphQLResolveInfo['path'] {
    let path: GraphQLResolveInfo['path'] | undefined;
    for (const key of pathTo(this.#place, this.#field.key))
      path = { prev: path, key, typename: typeof key === 'string' ? this.#field.parentType.name : undefined };
    return path as GraphQLResolveInfo['path'];
  }
  get schema() {
    return this.#field.asked.schema;
  }
  get fragments() {
    return this.#field.asked.fragments;
  }
  get rootValue(): unknown {
    return this.#field.asked.rootValue;
  }
  get operation(): OperationDefinitionNode {
    return this.#field.asked.operation;
  }
  get variableValues() {
    return this.#field.asked.variableValues;
  }
}
