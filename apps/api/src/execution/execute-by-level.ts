import {
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  type FragmentDefinitionNode,
  getOperationAST,
  getVariableValues,
  Kind,
} from 'graphql';
import { collectFields } from './collect-fields.ts';
import { Filling } from './filling.ts';
import { rootPlace } from './place.ts';

/**
 * Answers an operation that is valid, as graphql-js does, but level by level: a field is resolved for all objects of a
 * level before any of them is gone into. Graphql-js goes into one object after the other, and makes promises for each
 * that waits for something, and for everything above it: a page of a hundred rows takes a third more processor time so.
 */
export async function executeByLevel(args: ExecutionArgs): Promise<ExecutionResult> {
  const { schema, document, rootValue, contextValue, operationName } = args;
  const operation = getOperationAST(document, operationName);
  const type = operation === null || operation === undefined ? null : schema.getRootType(operation.operation);
  // What cannot be begun is refused in the words of graphql-js.
  if (operation == null || type == null) return execute(args);
  const variables = getVariableValues(schema, operation.variableDefinitions ?? [], args.variableValues ?? {});
  if (variables.errors !== undefined) return execute(args);
  const fragments: Record<string, FragmentDefinitionNode> = Object.create(null);
  for (const node of document.definitions)
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments[node.name.value] = node;

  const asked = { schema, fragments, operation, rootValue, contextValue, variableValues: variables.coerced };
  const root = rootPlace(rootValue);
  const filling = new Filling(asked);
  const fields = collectFields(asked, type, [operation.selectionSet]);
  if (operation.operation === 'mutation') {
    for (const field of fields) {
      if (root.gone) break;
      await filling.fill(type, [field], [root]);
    }
  } else await filling.fill(type, fields, [root]);
  const data = root.gone ? null : root.target;
  return filling.errors.length > 0 ? { errors: filling.errors, data } : { data };
}
