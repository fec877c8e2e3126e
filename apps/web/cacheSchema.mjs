/** A plugin of GraphQL Code Generator that writes the schema information for the client's cache as a TypeScript module. */
import { isAbstractType, isObjectType } from "graphql";

/** @param {import("graphql").GraphQLSchema} schema */
export function plugin(schema) {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  const types = Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith("__"));
  const hasGlobalId = (type) => type.getInterfaces().some(({ name }) => name === "Node");
  const embedded = types.filter((type) => isObjectType(type) && !roots.includes(type) && !hasGlobalId(type)).map(({ name }) => name);
  const possibleTypes = types.filter(isAbstractType).map((type) => [type.name, schema.getPossibleTypes(type).map(({ name }) => name)]);
  return `/** Types without a global ID: the cache stores them inside the entity that holds them. */
export const embeddedTypes: readonly string[] = ${JSON.stringify(embedded, null, 2)};

/** The object types of each interface and union. */
export const possibleTypes: Record<string, string[]> = ${JSON.stringify(Object.fromEntries(possibleTypes), null, 2)};
`;
}
