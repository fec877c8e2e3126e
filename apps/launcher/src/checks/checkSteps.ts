/**
 * The steps of `npm run check`. Each checks one rule on the whole repository and lists the lines to fix. Steps run in parallel, and the
 * longest are first in the list.
 */
import { readdirSync } from "node:fs";
import path from "node:path";
import { compiler, fewCollections } from "../prepare/prepareBuild.ts";
import { checkArrows } from "./arrows.ts";
import type { OrderedStep } from "./runSteps.ts";
import { runTool } from "./runTool.ts";
import { checkSchemaChanges } from "./schemaHistory.ts";
import { findMisplacedOpenings, findOversizedFiles, findRegistries, findSharedMocks, findStrayPaths } from "./sources.ts";
import { findWordsToAvoid } from "./wordsToAvoid.ts";

export interface CheckStep extends OrderedStep {
  readonly title: string;
  /** Rejects with the violations. */
  run(root: string, signal: AbortSignal): Promise<void>;
}

const tool =
  (program: readonly [string, string], args: readonly string[], folder = "") =>
  (root: string, signal: AbortSignal) =>
    runTool({ root, program, args, folder, env: fewCollections, signal });

const oxlint = ["oxlint", "bin/oxlint"] as const;
const withTypes = ["--type-aware", "--type-check"] as const;

export const checkSteps: readonly CheckStep[] = [
  { id: "types", title: "The packages, the API, the worker and the launcher type-check", run: tool(compiler, ["-b"]) },
  {
    id: "types-config",
    title: "The configurations of vitest, Playwright and Prisma type-check",
    run: tool(compiler, ["-p", "test/tsconfig.configs.json"]),
  },
  {
    id: "types-web",
    title: "Pages export what Next expects, and the types of the GraphQL documents type-check",
    async run(root, signal) {
      await tool(["next", "dist/bin/next"], ["typegen"], "apps/web")(root, signal);
      const generated = ["apps/web/.next/types", "apps/web/src/graphql/generated"].flatMap((folder) =>
        readdirSync(path.join(root, folder)).flatMap((name) => (name.endsWith(".ts") ? [`${folder}/${name}`] : [])),
      );
      // Git ignores these files, and so does the linter's usual configuration.
      await tool(oxlint, ["--config", ".oxlintrc.types.json", ...withTypes, ...generated])(root, signal);
    },
  },
  {
    id: "lint",
    title:
      "The web application and the tests type-check; no floating promise, no `any`, no default export, no file over 400 lines, no clock or randomness in pure packages",
    // The type-aware rules need the types of Next's routes, and the tests the declarations that the first step writes. As these rules
    // load every type, checking them here takes half the time of a compiler's run over the tests, and none for the web application.
    after: ["types", "types-web"],
    run: tool(oxlint, [...withTypes, "--deny-warnings"]),
  },
  { id: "arrows", title: "Every import follows the arrows; no cycle, no barrel", run: checkArrows },
  { id: "dead-code", title: "No dead file, export or dependency", run: tool(["knip", "bin/knip.js"], ["--no-progress"]) },
  { id: "format", title: "Every file is formatted", run: tool(["@biomejs/biome", "bin/biome"], ["check", "--no-errors-on-unmatched"]) },
  {
    id: "sizes",
    title: "No source file or stylesheet over 400 lines, no tracked file over 2 MB",
    run: async (root) => findOversizedFiles(root),
  },
  {
    id: "schema",
    title: "apps/api/schema.graphql matches the API's code",
    after: ["types"],
    run: (root, signal) => runTool({ root, script: "apps/api/dist/printSchema.js", args: ["--check"], signal }),
  },
  {
    id: "schema-changes",
    title: "No part of the schema that clients may use is removed or changed without a deprecation",
    run: (root) => checkSchemaChanges(root),
  },
  {
    id: "authorization",
    title: "Every root field and object type declares its action, and docs/authorization.md lists them",
    after: ["types"],
    run: (root, signal) => runTool({ root, script: "apps/api/dist/printAuthorization.js", args: ["--check"], signal }),
  },
  { id: "words", title: "No file uses a word to avoid (GLOSSARY.md)", run: async (root) => findWordsToAvoid(root) },
  {
    id: "paths",
    title: "Every relative path in a source file exists in this repository",
    run: async (root) => findStrayPaths(root),
  },
  { id: "registries", title: "package-lock.json names no registry", run: async (root) => findRegistries(root) },
  { id: "mocks", title: "Tests that replace modules load their own", run: async (root) => findSharedMocks(root) },
  { id: "openings", title: "The comment that opens a file stands above its imports", run: async (root) => findMisplacedOpenings(root) },
];
