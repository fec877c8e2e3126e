/** A plugin of GraphQL Code Generator that writes each operation as a typed string: the text to send, with the types of its data and variables. */
import { print, visit } from "graphql";

/** @param {string} name */
const constantOf = (name) => `${name.charAt(0).toLowerCase()}${name.slice(1)}`;

/**
 * @param {import("graphql").GraphQLSchema} _schema
 * @param {readonly { readonly document?: import("graphql").DocumentNode }[]} documents
 */
export function plugin(_schema, documents) {
  const definitions = documents.flatMap(({ document }) => document?.definitions ?? []);
  const fragments = new Map(
    definitions.flatMap((definition) => (definition.kind === "FragmentDefinition" ? [[definition.name.value, definition]] : [])),
  );
  /** The definition, and all fragments that it spreads, directly or not. */
  const withFragments = (definition, found = new Set([definition])) => {
    visit(definition, {
      FragmentSpread({ name }) {
        const fragment = fragments.get(name.value);
        if (fragment === undefined) throw new Error(`There is no fragment ${name.value}.`);
        if (!found.has(fragment)) withFragments(fragment, found.add(fragment));
      },
    });
    return found;
  };
  const constants = definitions
    .filter(({ kind }) => kind === "OperationDefinition")
    .map((operation) => {
      const name = operation.name.value;
      const type = `${name}${operation.operation.charAt(0).toUpperCase()}${operation.operation.slice(1)}`;
      // Servers from before September 2025 do not support descriptions of operations.
      const text = [...withFragments(operation)].map((definition) => print({ ...definition, description: undefined })).join("\n\n");
      const description = operation.description === undefined ? "" : `/** ${operation.description.value} */\n`;
      return `${description}export const ${constantOf(name)} = ${JSON.stringify(text)} as TypedText<${type}, ${type}Variables>;`;
    });
  return {
    prepend: [
      "/** A document as text, with the types of its data and variables, as TypedDocumentNode has them. */",
      "export type TypedText<Data, Variables> = string & { __apiType?: (variables: Variables) => Data };\n",
    ],
    content: constants.join("\n\n"),
  };
}
