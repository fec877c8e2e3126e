import { availableParallelism } from "node:os";
import path from "node:path";
import { defineConfig } from "vitest/config";
import { instrumentGuards } from "./test/audit/instrumentGuards.ts";
import { isFull } from "./test/support/extent/sampled.ts";
import { findSampledFiles } from "./test/support/extent/sampledFiles.ts";
import { LongestFirst } from "./test/support/longestFirst.ts";

/**
 * `npm test` compiles first and tests the compiled packages, as production runs them: a process or thread that a test starts loads
 * them in a third of the time. Without `npm test`, tests read the sources.
 */
const conditions = process.env["PAREIDOLIA_TEST_COMPILED"] === "1" ? ["node"] : ["source", "node"];
const shared = {
  resolve: {
    conditions,
    alias: [
      { find: /^graphql$/, replacement: "graphql/index.js" },
      // The launcher runs from source, also in production.
      { find: /^@pareidolia\/launcher\/(.*)$/, replacement: `${import.meta.dirname}/apps/launcher/src/$1.ts` },
    ],
  },
  ssr: { resolve: { conditions } },
};

/** Node loads compiled modules directly. Vitest's loader would read them again for each stage; only tests that replace modules need it. */
const server = { deps: { external: [/\/(?:apps|packages)\/[^/]+\/dist\//, /\/workers\/dist\//] } };

/** It says why tests are skipped, and skips those whose files have to be downloaded and cannot be. */
const runner = `${import.meta.dirname}/test/support/absentFiles.ts`;

/** One worker per core; vitest's default leaves a core free. */
const maxWorkers = availableParallelism();

/**
 * Test files of a worker share modules, because loading them takes 2 s of processor time per file. Files named *.isolated.test.ts replace
 * or reload modules, or need a GPU's driver of their own, so each loads its own.
 */
function sharingModules(name: string, folders: readonly string[], settings: object, except: readonly string[] = []) {
  const include = filesIn(folders);
  const isolated = folders.map((folder) => `${folder}/**/*.isolated.test.ts`);
  const exclude = [...withoutSample, ...except.map((folder) => `${folder}/**`)];
  return [
    { ...shared, test: { ...settings, runner, name, include, exclude: [...isolated, ...exclude], isolate: false, server } },
    {
      ...shared,
      test: { ...settings, runner, name: `${name}-isolated`, include: isFull ? include.filter(isIsolated) : isolated, exclude },
    },
  ];
}

/** `npm run audit -- --full` runs those that have more cases than their sample in `npm test`, and those without a sample. */
function filesIn(folders: readonly string[]): string[] {
  if (!isFull) return folders.map((folder) => `${folder}/**/*.test.ts`);
  const files = findSampledFiles([".test.ts"]).map((file) => path.relative(import.meta.dirname, file));
  return files.filter((file) => folders.some((folder) => file.startsWith(`${folder}/`)));
}

const withoutSample = isFull ? [] : ["**/*.full.test.ts", "**/*.full.isolated.test.ts"];
const isIsolated = (file: string): boolean => file.endsWith(".isolated.test.ts");

/** Unit tests that compute for seconds, and neither wait nor start anything with a deadline. */
const computations = ["analysis", "encodings", "lab", "onnx", "perception", "release"].map((room) => `test/unit/${room}`);

/** `npm test` runs these at a low priority beside the integration and end-to-end tests. */
const patient = { testTimeout: 300_000, hookTimeout: 300_000, maxWorkers };

/** The contracts of object stores have deadlines and wait for servers, as integration tests do. */
const stores = ["test/contracts/stores"];

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      ...sharingModules("unit", ["test/unit"], { testTimeout: 60_000, hookTimeout: 60_000, maxWorkers }, computations),
      ...sharingModules("computations", computations, patient),
      ...sharingModules("contracts", ["test/contracts"], patient, stores),
      { ...shared, test: { runner, name: "install", include: filesIn(["test/install"]), exclude: withoutSample, testTimeout: 300_000 } },
      ...sharingModules("integration", ["test/integration", "test/faults", "test/contracts/stores"], {
        setupFiles: [
          "test/support/sharedHashes.ts",
          "test/support/sharedQueryCompiler.ts",
          "test/support/sharedQueryPlans.ts",
          "test/support/sharedSchemaText.ts",
        ],
        globalSetup: ["test/support/postgres.setup.ts"],
        // Other processes use the other cores: a collection on several threads takes a tenth more processor time. V8 begins with a small
        // heap, and would collect it as a whole each time that a test's buffers fill it. It also begins with a megabyte for new objects,
        // and would copy those of each test that are still in use several times.
        execArgv: ["--single-threaded-gc", "--initial-old-space-size=512", "--min-semi-space-size=32", "--max-semi-space-size=64"],
        testTimeout: 120_000,
        hookTimeout: 120_000,
        // These files wait for leases, deadlines and processes for much of their time.
        maxWorkers: maxWorkers + 1,
      }),
      {
        // `npm run audit -- --full` removes guards from the sources, so it never tests compiled code.
        resolve: { ...shared.resolve, conditions: ["source", "node"] },
        ssr: { resolve: { conditions: ["source", "node"] } },
        plugins: [instrumentGuards()],
        test: { name: "audit", include: ["test/audit/*.audit.ts"], globalSetup: ["test/support/postgres.setup.ts"], hookTimeout: 120_000 },
      },
    ],
  },
});
