import { encodeGlobalID } from '@pothos/plugin-relay';
import { type GraphQLSchema, isInterfaceType } from 'graphql';

/** Has ids of nodes written at once, without the promises that the plugin makes for each: every row has its id. */
export function writeIdsAtOnce(schema: GraphQLSchema): GraphQLSchema {
  const node = schema.getType('Node');
  if (!isInterfaceType(node)) throw new Error('there is no interface Node');
  for (const type of schema.getPossibleTypes(node)) {
    const { id } = type.getFields();
    if (id !== undefined) id.resolve = (row: { readonly id: string }) => encodeGlobalID(type.name, row.id);
  }
  return schema;
}
