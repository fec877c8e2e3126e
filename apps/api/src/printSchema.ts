/** Writes schema.graphql, or with --check compares the committed file. */
import { readFileSync, writeFileSync } from "node:fs";
import { printSchema } from "graphql";
import { createSchema } from "./schema.ts";

const file = new URL("../schema.graphql", import.meta.url);
const printed = `${printSchema(await createSchema())}\n`;

if (!process.argv.includes("--check")) writeFileSync(file, printed);
else if (readFileSync(file, "utf8") !== printed) {
  console.error("apps/api/schema.graphql is out of date. Build apps/api and run: node apps/api/dist/printSchema.js");
  process.exitCode = 1;
}
