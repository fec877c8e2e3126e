/**
 * Object types that only the answer to a mutation or the event of a subscription contains, such as the form of an upload: the row of that
 * mutation or subscription covers them.
 */
import { type GraphQLObjectType, type GraphQLSchema, getNamedType, isAbstractType, isObjectType } from "graphql";

/** The names of all object types to which fields lead from these types, through interfaces and unions too. */
function namesBelow(schema: GraphQLSchema, roots: readonly (GraphQLObjectType | null | undefined)[]): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (type: GraphQLObjectType): void => {
    for (const { type: fieldType } of Object.values(type.getFields())) {
      const named = getNamedType(fieldType);
      const targets = isAbstractType(named) ? schema.getPossibleTypes(named) : isObjectType(named) ? [named] : [];
      for (const target of targets) {
        if (found.has(target.name)) continue;
        found.add(target.name);
        visit(target);
      }
    }
  };
  for (const root of roots) if (root != null) visit(root);
  return found;
}

export function typesOnlyOfMutations(schema: GraphQLSchema): ReadonlySet<string> {
  const read = namesBelow(schema, [schema.getQueryType()]);
  return new Set([...namesBelow(schema, [schema.getMutationType(), schema.getSubscriptionType()])].filter((name) => !read.has(name)));
}
