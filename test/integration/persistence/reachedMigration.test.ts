/** Runs of the version before `reached_results` get the count of their kind's criterion, and the median of their results. */
import { readFile } from "node:fs/promises";
import { measureExperiments } from "@pareidolia/persistence/lab/runs/measureOutcomes";
import { writeFigures } from "@pareidolia/persistence/lab/runs/writeFigures";
import { type Database, openDatabase } from "@pareidolia/persistence/server/database/database";
import { migrate } from "@pareidolia/persistence/server/database/migrations";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { TestDatabase } from "../../support/database.ts";
import { createDatabaseBefore } from "../../support/earlierDatabase.ts";
import { withClient } from "../../support/postgresServer.ts";

const image = "a".repeat(64);

const before = `
  INSERT INTO users (id, name, email, updated_at) VALUES ('u', 'U', 'u@localhost', now());
  INSERT INTO workspaces (id, name, slug, last_run_number) VALUES ('w', 'W', 'w', 5);
  INSERT INTO models (id, slug, name, description, licence, source, sha256, width, height, channels, labels, label_space)
    VALUES ('m', 'm', 'Model', '', '', '', repeat('0', 64), 8, 8, 1, '{a,b,c}', 'abc');
  INSERT INTO experiments (id, workspace_id, created_by_id, number, name, updated_at) VALUES ('e', 'w', 'u', 1, 'E', now());
  INSERT INTO images (sha256, width, height, channels, byte_length) VALUES ('${image}', 8, 8, 1, 1);
  INSERT INTO runs (id, workspace_id, experiment_id, created_by_id, model_id, number, kind, preset, parameters, plan, source_sha256, seed, updated_at,
      median, fooling_count)
    SELECT id, 'w', 'e', 'u', 'm', row_number() OVER (), kind, '', '{}', plan::jsonb, NULL, 1, now(), median, fooling
    FROM (VALUES
      ('climbed', 'ascent', '{"method": "gradient-ascent", "classes": [0, 1], "starts": 2, "evaluationGoal": 8, "crop": []}', NULL::float8, 0),
      ('attacked', 'perturbation', '{"method": "fgsm", "bounds": [1, 2, 4], "target": null, "evaluationGoal": 3, "crop": []}', NULL, 1),
      ('chained', 'retraining', '{"method": "fooling-class", "dataset": "mnist", "iterations": 2, "evaluationGoal": 9}', NULL, 7),
      ('queued', 'perturbation', '{"method": "fgsm", "bounds": [1], "target": null, "evaluationGoal": 3, "crop": []}', NULL, 0),
      ('evolved', 'evolution', '{"encoding": "cppn", "generations": 1, "offspring": 2}', 0.25, 2)) x (id, kind, plan, median, fooling);
  INSERT INTO trajectories (id, run_id, class, start, ended, step, confidence, stored_confidence, image_sha256, curve_steps, curve_confidences,
      curve_stored_confidences, curve_norms)
    SELECT 't' || n, 'climbed', n % 2, n / 2, true, 1, c, c, '${image}', ARRAY[1], ARRAY[c], ARRAY[c], ARRAY[0]
    FROM (VALUES (0, 0.5), (1, 0.99995), (2, 0.9), (3, 0.7)) x (n, c);
  INSERT INTO perturbations (id, run_id, index, bound, success, steps, linf, l2, l0, original_sha256, original_class, original_confidence,
      stored_class, stored_confidence, confidence, image_sha256)
    SELECT 'p' || n, 'attacked', n, n + 1, ok, 1, 1, 1, 1, '${image}', 0, 0.9, CASE WHEN ok THEN 1 ELSE 0 END, c, c, '${image}'
    FROM (VALUES (0, false, 0.95), (1, true, 0.6), (2, true, 0.9989)) x (n, ok, c);
  INSERT INTO chains (id, workspace_id, run_id, name, dataset, iterations) VALUES ('c', 'w', 'chained', 'C', 'mnist', 2);
  INSERT INTO chain_links (id, chain_id, run_id, iteration, state, median_confidence)
    VALUES ('l1', 'c', 'chained', 1, 'SUCCEEDED', 0.9961), ('l2', 'c', 'chained', 2, 'SUCCEEDED', 0.4), ('l3', 'c', 'chained', 3, 'QUEUED', NULL);
  INSERT INTO chain_elites (link_id, niche, confidence, stored_confidence, image_sha256)
    VALUES ('l1', 0, 1, 0.99991, '${image}'), ('l2', 0, 1, 0.9998, '${image}');
`;

let testDatabase: TestDatabase;
let database: Database;
beforeAll(async () => {
  testDatabase = await createDatabaseBefore("reached_results");
  await withClient(testDatabase.url, (client) => client.query(before));
  await migrate(testDatabase.url);
  database = await openDatabase(testDatabase.url);
});
afterAll(async () => {
  await database.close();
  await testDatabase.drop();
});

const readFigures = async () => {
  const rows = await database.connection.run.findMany({ orderBy: { number: "asc" } });
  return rows.map(({ id, foolingCount, median }) => [id, foolingCount, median]);
};

const expected = [
  ["climbed", 1, (0.7 + 0.9) / 2],
  ["attacked", 2, 0.6],
  ["chained", 1, 0.4],
  ["queued", 0, null],
  ["evolved", 2, 0.25],
];

it("by the criterion of each kind; an evolution keeps its own", async () => {
  expect(await readFigures()).toEqual(expected);
});

it("as the product computes them from the results", async () => {
  await database.connection.run.updateMany({ where: { kind: { not: "evolution" } }, data: { foolingCount: 9, median: 0.123 } });
  await writeFigures(database.connection, ["climbed", "attacked", "chained", "queued"]);
  expect(await readFigures()).toEqual(expected);
});

it("so that an experiment with one run of a kind has the median of the run", async () => {
  const [outcomes = []] = await measureExperiments(database.connection, ["e"]);
  const found = Object.fromEntries(outcomes.map(({ kind, reached, median }) => [kind, [reached, median]]));
  expect(found).toMatchObject({ ascent: [1, 0.8], retraining: [1, 0.4] });
});

it("in a statement that says the threshold of the product", async () => {
  const folder = new URL("../../../prisma/migrations/20261212000000_reached_results/migration.sql", import.meta.url);
  expect([...(await readFile(folder, "utf8")).matchAll(/>= ([\d.]+)/g)].map(([, value]) => Number(value))).toEqual([0.9999, 0.9999]);
});
