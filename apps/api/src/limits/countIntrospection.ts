/**
 * How many values a selection of `__schema` or `__type` returns. Introspection reads only the schema, so this counts exactly, with
 * GraphQL's own resolvers. It stops once the limit is exceeded, which bounds the counting time for any number of nested aliases.
 */
import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  getArgumentValues,
  getNamedType,
  type SelectionSetNode,
} from "graphql";

export interface IntrospectionCount {
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Counting stops once the result is larger than this. */
  readonly most: number;
}

type Definition = GraphQLField<unknown, unknown>;

export function countIntrospection(root: FieldNode, rootDefinition: Definition, options: IntrospectionCount): number {
  const { schema, fragments, variables, most } = options;
  let count = 0;

  function resolve(field: FieldNode, definition: Definition, source: unknown): unknown {
    try {
      const values = getArgumentValues(definition, field, variables);
      return definition.resolve?.(source, values, undefined, { schema } as GraphQLResolveInfo);
    } catch {
      // GraphQL itself reports invalid arguments.
      return null;
    }
  }

  function visitField(field: FieldNode, definition: Definition | undefined, source: unknown): void {
    count += 1;
    if (definition === undefined || field.selectionSet === undefined) return;
    const type = getNamedType(definition.type) as GraphQLObjectType;
    const value = resolve(field, definition, source);
    for (const item of Array.isArray(value) ? value : [value]) {
      if (count > most) return;
      if (item !== null && item !== undefined) visitAll(field.selectionSet, type, item, new Set());
    }
  }

  /** `spread` holds the fragments already spread into this object: GraphQL applies each once. */
  function visitAll({ selections }: SelectionSetNode, type: GraphQLObjectType, source: unknown, spread: Set<string>): void {
    for (const selection of selections) {
      if (count > most) return;
      if (selection.kind === "Field") visitField(selection, type.getFields()[selection.name.value], source);
      else if (selection.kind === "InlineFragment") visitAll(selection.selectionSet, type, source, spread);
      else if (!spread.has(selection.name.value)) {
        spread.add(selection.name.value);
        // Visiting a fragment takes time too, even if it contains only other fragments.
        count += 1;
        const fragment = fragments.get(selection.name.value);
        if (fragment !== undefined) visitAll(fragment.selectionSet, type, source, spread);
      }
    }
  }

  visitField(root, rootDefinition, undefined);
  return count;
}
