/** Searches find the metrics of imported runs as rows, for new runs and for runs that an earlier version stored. */
import { migrate } from "@pareidolia/persistence/server/database/migrations";
import { expect, it } from "vitest";
import { createDatabaseBefore } from "../../support/earlierDatabase.ts";
import { withClient } from "../../support/postgresServer.ts";

const owners = `
  INSERT INTO users (id, name, email, updated_at) VALUES ('u', 'U', 'u@localhost', now());
  INSERT INTO workspaces (id, name, slug) VALUES ('w', 'W', 'w');
  INSERT INTO models (id, slug, name, description, licence, source, sha256, width, height, channels, labels, label_space)
    VALUES ('m', 'm', 'Model', '', '', '', repeat('0', 64), 8, 8, 1, '{a}', 'a');
  INSERT INTO experiments (id, workspace_id, created_by_id, number, name, updated_at) VALUES ('e', 'w', 'u', 1, 'E', now());`;

const runOf = (id: string, number: number, metrics: object): string => `
  INSERT INTO runs (id, workspace_id, experiment_id, created_by_id, model_id, number, kind, preset, parameters, plan, seed, updated_at)
  VALUES ('${id}', 'w', 'e', 'u', 'm', ${number}, 'imported', '', '{}', '${JSON.stringify({ method: "x", source: {}, metrics })}', 0, now());`;

it("the migration and a trigger copy the metrics of imported runs, and deleting a run deletes its metrics", async () => {
  const testDatabase = await createDatabaseBefore("run_metrics");
  try {
    await withClient(testDatabase.url, async (client) => {
      await client.query(owners);
      await client.query(runOf("earlier", 1, { accuracy: 0.75, [`${"x".repeat(201)}`]: 1 }));
    });
    await migrate(testDatabase.url);
    await withClient(testDatabase.url, async (client) => {
      const read = async () => (await client.query("SELECT run_id, name, value FROM run_metrics ORDER BY 1, 2")).rows;
      expect(await read()).toEqual([{ run_id: "earlier", name: "accuracy", value: 0.75 }]);
      await client.query(runOf("later", 2, { loss: 1e-300, accuracy: 1 }));
      await client.query("DELETE FROM runs WHERE id = 'earlier'");
      expect(await read()).toEqual([
        { run_id: "later", name: "accuracy", value: 1 },
        { run_id: "later", name: "loss", value: 1e-300 },
      ]);
    });
  } finally {
    await testDatabase.drop();
  }
});
