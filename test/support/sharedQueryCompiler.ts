/**
 * Setup of the integration tests: decodes the graph of Prisma's queries and creates their compiler once per process. Both follow from the
 * schema alone, but each client has its own, which takes 70 ms of processor time and megabytes, and nearly every test opens clients.
 */
import { createRequire, registerHooks } from "node:module";
import { pathToFileURL } from "node:url";

const require = createRequire(import.meta.resolve("@pareidolia/persistence/server/database/database"));
/** The module that the generated client imports. */
const imported = "@prisma/client/runtime/client";
const runtime = require.resolve(imported);

/** What the minified module computes for each client, and the same computed once. */
const replacements: readonly (readonly [RegExp, string])[] = [
  [
    /function (\w+)\((\w+)\)\{return (new \w+\(\2\)\.deserialize\(\))\}/,
    "function $1($2){const all=$1.all??=new WeakMap;if(!all.has($2))all.set($2,$3);return all.get($2)}",
  ],
  [
    /new (\w+)\((\{datamodel:this\.datamodel,provider:\w+,connectionInfo:\w+\})\)/,
    "(()=>{const all=$1.all??=new Map,key=JSON.stringify($2);if(!all.has(key))all.set(key,new $1($2));return all.get(key)})()",
  ],
  // The compiler outlives each client.
  [/,\w+\.queryCompiler\.free\(\)/, ""],
];

function shareAmongClients(source: string): string {
  return replacements.reduce((changed, [own, shared]) => {
    if (!own.test(changed)) throw new Error(`Prisma's client has no ${own.source} any more: adapt sharedQueryCompiler.ts, or delete it.`);
    return changed.replace(own, shared);
  }, source);
}

// Each test file runs this module.
if (require.cache[runtime] === undefined) {
  const url = pathToFileURL(runtime).href;
  const hooks = registerHooks({
    load(loaded, context, next) {
      const result = next(loaded, context);
      if (loaded !== url || result.source == null) return result;
      const source = typeof result.source === "string" ? result.source : new TextDecoder().decode(result.source);
      return { ...result, source: shareAmongClients(source) };
    },
  });
  require(runtime);
  hooks.deregister();
}
