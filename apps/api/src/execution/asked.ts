import type { FieldNode, GraphQLField, GraphQLObjectType, OperationDefinitionNode } from 'graphql';
import type { Selecting } from './collect-fields.ts';
import type { Place } from './place.ts';

/** One operation on its way. */
export interface Asked extends Selecting {
  readonly operation: OperationDefinitionNode;
  readonly rootValue: unknown;
  readonly contextValue: unknown;
}

/** A field that is asked for, the same for all objects of a type at one level of the answer. */
export interface AskedField {
  readonly asked: Asked;
  /** Its name in the answer. */
  readonly key: string;
  readonly nodes: readonly FieldNode[];
  readonly parentType: GraphQLObjectType;
  readonly definition: GraphQLField<unknown, unknown>;
}

/** Values of a field, or items of its lists, with the objects or lists of the answer that they go into. */
export interface Values {
  readonly field: AskedField;
  readonly values: readonly unknown[];
  readonly places: readonly Place[];
  /** Their indexes where the places are lists. */
  readonly indexes: readonly number[] | null;
}
