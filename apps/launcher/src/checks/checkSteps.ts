/**
 * The steps of `npm run check`. Each answers one question about the whole tree with yes, or with the lines to mend. The longest
 * come first, because they run side by side.
 */
import { checkArrows } from "./arrows.ts";
import type { OrderedStep } from "./inLanes.ts";
import { runTool } from "./runTool.ts";
import { findOversizedFiles, findStrayPaths } from "./sources.ts";

export interface CheckStep extends OrderedStep {
  readonly question: string;
  /** Resolves when the answer is yes; rejects with what is wrong. */
  run(root: string, signal: AbortSignal): Promise<void>;
}

const tool =
  (program: readonly [string, string], args: readonly string[], folder = "") =>
  (root: string, signal: AbortSignal) =>
    runTool({ root, program, args, folder, signal });

const typescript = ["typescript", "bin/tsc"] as const;

export const checkSteps: readonly CheckStep[] = [
  { id: "types", question: "The packages, the API, the worker and the launcher type-check", run: tool(typescript, ["-b"]) },
  // The tests read the declarations that the first step writes.
  { id: "types-test", question: "The tests type-check", after: ["types"], run: tool(typescript, ["-p", "test"]) },
  {
    id: "types-web",
    question: "The web application and its GraphQL documents type-check",
    async run(root, signal) {
      await tool(["next", "dist/bin/next"], ["typegen"], "apps/web")(root, signal);
      await tool(typescript, ["-p", "tsconfig.json"], "apps/web")(root, signal);
    },
  },
  {
    id: "lint",
    question: "No floating promise, no `any`, no default export, no file past 400 lines, no clock or dice in pure packages",
    // The rules that know types need those of Next's routes.
    after: ["types", "types-web"],
    run: tool(["oxlint", "bin/oxlint"], ["--type-aware", "--deny-warnings"]),
  },
  { id: "arrows", question: "Every import follows the arrows; no cycle, no barrel", run: checkArrows },
  { id: "dead-code", question: "No dead file, export or dependency", run: tool(["knip", "bin/knip.js"], ["--no-progress"]) },
  { id: "format", question: "Every file is formatted", run: tool(["@biomejs/biome", "bin/biome"], ["check", "--no-errors-on-unmatched"]) },
  { id: "sizes", question: "No source or style past 400 lines, no tracked file past 2 MB", run: async (root) => findOversizedFiles(root) },
  {
    id: "schema",
    question: "apps/api/schema.graphql is what the API's code says",
    after: ["types"],
    run: (root, signal) => runTool({ root, script: "apps/api/dist/printSchema.js", args: ["--check"], signal }),
  },
  {
    id: "paths",
    question: "Every relative path in a source leads to a file of this repository",
    run: async (root) => findStrayPaths(root),
  },
];
