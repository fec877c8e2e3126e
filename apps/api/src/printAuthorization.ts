/** Writes docs/authorization.md, or with --check compares the committed file. Fails if a root field or object type declares no action. */
import { readFileSync, writeFileSync } from "node:fs";
import { printAuthorization, readAuthorization } from "./policy/authorizationTable.ts";
import { createSchema } from "./schema.ts";

const file = new URL("../../../docs/authorization.md", import.meta.url);
const authorization = readAuthorization(await createSchema());
const printed = printAuthorization(authorization);

if (authorization.unguarded.length > 0) {
  console.error(`These root fields and object types declare no action. Add @Requires to each:\n${authorization.unguarded.join("\n")}`);
  process.exitCode = 1;
} else if (!process.argv.includes("--check")) writeFileSync(file, printed);
else if (readFileSync(file, "utf8") !== printed) {
  console.error("docs/authorization.md is out of date. Build apps/api and run: node apps/api/dist/printAuthorization.js");
  process.exitCode = 1;
}
