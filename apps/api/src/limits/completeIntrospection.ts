/**
 * How many values the complete introspection of a schema returns, as explorers and code generators request it. The limit of introspection is
 * relative to it, so that one complete introspection is admitted, and two are not, however large the schema has become.
 */
import { type FragmentDefinitionNode, type GraphQLSchema, getIntrospectionQuery, Kind, parse, SchemaMetaFieldDef } from "graphql";
import { countIntrospection } from "./countIntrospection.ts";

const everything = { specifiedByUrl: true, directiveIsRepeatable: true, schemaDescription: true, inputValueDeprecation: true, oneOf: true };
const counted = new WeakMap<GraphQLSchema, number>();

export function countCompleteIntrospection(schema: GraphQLSchema): number {
  const known = counted.get(schema);
  if (known !== undefined) return known;
  const fragments = new Map<string, FragmentDefinitionNode>();
  let count = 0;
  const { definitions } = parse(getIntrospectionQuery(everything));
  for (const each of definitions) if (each.kind === Kind.FRAGMENT_DEFINITION) fragments.set(each.name.value, each);
  for (const each of definitions)
    if (each.kind === Kind.OPERATION_DEFINITION)
      for (const field of each.selectionSet.selections)
        if (field.kind === Kind.FIELD)
          count += countIntrospection(field, SchemaMetaFieldDef, { schema, fragments, variables: {}, most: Number.POSITIVE_INFINITY });
  counted.set(schema, count);
  return count;
}
