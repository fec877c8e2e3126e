/** Writes the schema into schema.graphql, or with --check says whether what is committed is what would be written. */
import { readFileSync, writeFileSync } from "node:fs";
import { printSchema } from "graphql";
import { createSchema } from "./schema.ts";

const file = new URL("../schema.graphql", import.meta.url);
const printed = `${printSchema(await createSchema())}\n`;

if (!process.argv.includes("--check")) writeFileSync(file, printed);
else if (readFileSync(file, "utf8") !== printed) {
  console.error("apps/api/schema.graphql is not what the code declares. Build apps/api and run: node apps/api/dist/printSchema.js");
  process.exitCode = 1;
}
