/** A plugin of GraphQL Code Generator that writes the descriptions of some enums' values as a TypeScript module: pages show the API's own words. */
import { isEnumType } from "graphql";

/**
 * @param {import("graphql").GraphQLSchema} schema
 * @param {{ enums: string[] }} config
 */
export function plugin(schema, _documents, config) {
  const modules = config.enums.map((name) => {
    const type = schema.getType(name);
    if (!isEnumType(type)) throw new Error(`The schema has no enum ${name}.`);
    const descriptions = Object.fromEntries(type.getValues().map((value) => [value.name, value.description ?? ""]));
    const constant = `${name.charAt(0).toLowerCase()}${name.slice(1)}Descriptions`;
    return `/** Of the enum ${name}: ${type.description ?? ""} */\nexport const ${constant} = ${JSON.stringify(descriptions, null, 2)} as const;\n`;
  });
  return modules.join("\n");
}
