import {
  type DirectiveNode,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLIncludeDirective,
  type GraphQLObjectType,
  type GraphQLSchema,
  GraphQLSkipDirective,
  getDirectiveValues,
  isAbstractType,
  Kind,
  type NamedTypeNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

/** What decides which fields are selected. */
export interface Selecting {
  readonly schema: GraphQLSchema;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  readonly variableValues: Readonly<Record<string, unknown>>;
}

/** The fields that are asked for of an object, by the name that they have in the answer, in its order. */
export function collectFields(
  selecting: Selecting,
  type: GraphQLObjectType,
  sets: readonly (SelectionSetNode | undefined)[],
): ReadonlyMap<string, readonly FieldNode[]> {
  const { schema, fragments, variableValues } = selecting;
  const fields = new Map<string, FieldNode[]>();
  const spread = new Set<string>();
  for (const set of sets) if (set !== undefined) collect(set.selections);
  return fields;

  function collect(selections: readonly SelectionNode[]): void {
    for (const node of selections) {
      if (!isIncluded(node)) continue;
      if (node.kind === Kind.FIELD) {
        const key = (node.alias ?? node.name).value;
        const known = fields.get(key);
        if (known === undefined) fields.set(key, [node]);
        else known.push(node);
        continue;
      }
      if (node.kind === Kind.INLINE_FRAGMENT) {
        if (holdsFor(node.typeCondition)) collect(node.selectionSet.selections);
        continue;
      }
      const { value: name } = node.name;
      const fragment = fragments[name];
      if (spread.has(name) || fragment === undefined) continue;
      spread.add(name);
      if (holdsFor(fragment.typeCondition)) collect(fragment.selectionSet.selections);
    }
  }

  function isIncluded(node: { readonly directives?: readonly DirectiveNode[] }): boolean {
    if (node.directives === undefined || node.directives.length === 0) return true;
    if (getDirectiveValues(GraphQLSkipDirective, node, variableValues)?.if === true) return false;
    return getDirectiveValues(GraphQLIncludeDirective, node, variableValues)?.if !== false;
  }

  function holdsFor(condition: NamedTypeNode | undefined): boolean {
    if (condition === undefined || condition.name.value === type.name) return true;
    const other = schema.getType(condition.name.value);
    return isAbstractType(other) && schema.isSubType(other, type);
  }
}
