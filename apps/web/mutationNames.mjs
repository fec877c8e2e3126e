/** A plugin of GraphQL Code Generator that writes the names of the schema's mutations as a TypeScript type. */

/** @param {import("graphql").GraphQLSchema} schema */
export function plugin(schema) {
  const names = Object.keys(schema.getMutationType()?.getFields() ?? {}).sort();
  return `/** A mutation of the API. */\nexport type MutationName =\n${names.map((name) => `  | "${name}"`).join("\n")};\n`;
}
