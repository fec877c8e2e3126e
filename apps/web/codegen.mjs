/**
 * What `npm run build` generates: typed documents (a constant `XDocument` for each operation in a .graphql file) with their hashes, the
 * manifest of persisted operations, and from the committed schema the cache's schema, the names of mutations, descriptions and the API reference.
 */
import * as operationTypes from "@graphql-codegen/typescript-operations";
import * as apiReference from "./apiReference.mjs";
import * as cacheSchema from "./cacheSchema.mjs";
import * as enumDescriptions from "./enumDescriptions.mjs";
import * as mutationNames from "./mutationNames.mjs";
import { manifest, typedDocuments } from "./persistedOperations.mjs";

export const schemaFile = "../api/schema.graphql";
export const documents = ["src/features", "src/server"];
export const outputFolder = "src/graphql/generated";
export const files = [
  {
    name: "graphql.ts",
    plugins: [operationTypes, typedDocuments],
    config: { useTypeImports: true, defaultScalarType: "unknown", scalars: { DateTime: "string" } },
  },
  // After the documents, whose texts it lists.
  { name: "persistedOperations.json", plugins: [manifest] },
  { name: "cacheSchema.ts", plugins: [cacheSchema] },
  { name: "mutationNames.ts", plugins: [mutationNames] },
  { name: "enumDescriptions.ts", plugins: [enumDescriptions], config: { enums: ["Role", "KeyScope"] } },
  { name: "apiReference.ts", plugins: [apiReference] },
];
