import { defineConfig } from "vitest/config";

const shared = {
  resolve: { conditions: ["source", "node"], alias: [{ find: /^graphql$/, replacement: "graphql/index.js" }] },
  ssr: { resolve: { conditions: ["source", "node"] } },
};

export default defineConfig({
  test: {
    projects: [
      { ...shared, test: { name: "unit", include: ["test/unit/**/*.test.ts"], testTimeout: 60_000 } },
      { ...shared, test: { name: "contracts", include: ["test/contracts/**/*.test.ts"], testTimeout: 120_000 } },
      { ...shared, test: { name: "install", include: ["test/install/**/*.test.ts"], testTimeout: 300_000, hookTimeout: 60_000 } },
      {
        ...shared,
        test: {
          name: "integration",
          include: ["test/integration/**/*.test.ts", "test/faults/**/*.test.ts"],
          globalSetup: ["test/support/postgres.setup.ts"],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          maxWorkers: 2,
        },
      },
    ],
  },
});
