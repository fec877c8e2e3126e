/**
 * Setup of the integration tests: prints each schema once per process. Apollo prints the schema of every server to name its documents, which
 * takes 30 ms of processor time, and all servers of a process share one schema.
 */
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

interface Printing {
  printSchema: ((schema: object) => string) & { readonly [shared]?: true };
}

const shared = Symbol.for("pareidolia.sharedSchemaText");
/** Apollo's own import reads this property when it is loaded. */
const printing = require("graphql/utilities/printSchema.js") as Printing;

// Each test file runs this module.
if (printing.printSchema[shared] !== true) {
  const { printSchema } = printing;
  const texts = new WeakMap<object, string>();
  const once = (schema: object): string => {
    const text = texts.get(schema) ?? printSchema(schema);
    texts.set(schema, text);
    return text;
  };
  printing.printSchema = Object.assign(once, { [shared]: true as const });
}
