/**
 * What `npm run build` generates from the schema of the API: its types, the ready operations (a constant for each operation in
 * src/operations), and what the client knows of inputs and subscriptions.
 */
import * as schemaTypes from "@graphql-codegen/typescript";
import * as operationTypes from "@graphql-codegen/typescript-operations";
import * as schemaFacts from "./schemaFacts.mjs";
import * as typedTexts from "./typedTexts.mjs";

const config = {
  useTypeImports: true,
  enumsAsTypes: true,
  defaultScalarType: "unknown",
  scalars: { DateTime: "string", ID: { input: "string", output: "string" } },
};

export const schemaFile = "../../apps/api/schema.graphql";
export const documents = ["src/operations"];
export const outputFolder = "src/generated";
export const files = [
  // Answers have the fields that a document names, so these types are for reading and for inputs.
  { name: "schema.ts", plugins: [schemaTypes], config: { ...config, inputMaybeValue: "T | null | undefined" } },
  { name: "operations.ts", plugins: [operationTypes, typedTexts], config: { ...config, skipTypename: true } },
  { name: "schemaFacts.ts", plugins: [schemaFacts] },
];
