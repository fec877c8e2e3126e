import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { LongestFirst } from "./test/support/longestFirst.ts";

const shared = {
  resolve: { conditions: ["source", "node"], alias: [{ find: /^graphql$/, replacement: "graphql/index.js" }] },
  ssr: { resolve: { conditions: ["source", "node"] } },
};

/** One file a core; vitest's own default leaves a core free. */
const maxWorkers = availableParallelism();

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      { ...shared, test: { name: "unit", include: ["test/unit/**/*.test.ts"], testTimeout: 60_000, maxWorkers } },
      { ...shared, test: { name: "contracts", include: ["test/contracts/**/*.test.ts"], testTimeout: 120_000, maxWorkers } },
      { ...shared, test: { name: "install", include: ["test/install/**/*.test.ts"], testTimeout: 300_000 } },
      {
        ...shared,
        test: {
          name: "integration",
          include: ["test/integration/**/*.test.ts", "test/faults/**/*.test.ts"],
          globalSetup: ["test/support/postgres.setup.ts"],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // These files wait for leases, deadlines and processes for much of their time.
          maxWorkers: maxWorkers + 1,
        },
      },
    ],
  },
});
