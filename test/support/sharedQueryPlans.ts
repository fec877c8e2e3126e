/**
 * Setup of the integration tests: shares the query plans of Prisma's clients within a process. A plan follows from the query and the schema
 * alone, and each client keeps those that it has compiled, but nearly every test opens clients of its own.
 */

/** The module that the generated client imports; it declares no types. */
const runtime = "@prisma/client/runtime/query_compiler_fast_bg.postgresql.mjs";
/** Longer queries contain rows, such as those of createMany, and are not repeated. */
const maxQueryLength = 20_000;
const shared = Symbol.for("pareidolia.sharedQueryPlans");

interface Compiler {
  compile(query: string): object;
  [shared]?: true;
}

const { QueryCompiler } = (await import(runtime)) as { readonly QueryCompiler: { readonly prototype: Compiler } };
const compiler = QueryCompiler.prototype;
// Each test file runs this module.
if (compiler[shared] !== true) {
  const compile = compiler.compile;
  const plans = new Map<string, object>();
  compiler.compile = function (query) {
    if (query.length > maxQueryLength) return compile.call(this, query);
    const plan = plans.get(query) ?? compile.call(this, query);
    plans.set(query, plan);
    return plan;
  };
  compiler[shared] = true;
}

export {};
