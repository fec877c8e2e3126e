/** Runs in all the forms that earlier versions wrote: the migration moves their columns into their plans, and the runs stay the same. */
import { type Planned, progressOf } from "@pareidolia/core/runKinds/registry";
import { summariseExperiments } from "@pareidolia/persistence/lab/experiments/readExperiments";
import { findGenomes } from "@pareidolia/persistence/lab/genomes/readGenomes";
import { claimRun } from "@pareidolia/persistence/lab/runs/claimRun";
import { createRun } from "@pareidolia/persistence/lab/runs/createRun";
import { measureRuns } from "@pareidolia/persistence/lab/runs/measureOutcomes";
import { findRuns, listRuns } from "@pareidolia/persistence/lab/runs/readRuns";
import { listSearchedRuns } from "@pareidolia/persistence/lab/search/searchRuns";
import { findSearches } from "@pareidolia/persistence/lab/trajectories/readConfigurations";
import { type Database, openDatabase } from "@pareidolia/persistence/server/database/database";
import { migrate } from "@pareidolia/persistence/server/database/migrations";
import { openScope } from "@pareidolia/persistence/server/scope/openScope";
import { checkSearch } from "@pareidolia/search/checkSearch";
import type { SearchField } from "@pareidolia/search/fields/field";
import { runFields } from "@pareidolia/search/fields/runFields";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TestDatabase } from "../../support/database.ts";
import { createDatabaseBefore } from "../../support/earlierDatabase.ts";
import { withClient } from "../../support/postgresServer.ts";

const source = "a".repeat(64);
const drawn = [
  { iterations: 10, decay: 0 },
  { iterations: 30, decay: 0.5 },
];

/** Rows as the previous version created them, with every form of plan; `early` has the plan of the first ascents. */
const before = `
  INSERT INTO users (id, name, email, updated_at) VALUES ('u', 'U', 'u@localhost', now());
  INSERT INTO workspaces (id, name, slug, last_run_number) VALUES ('w', 'W', 'w', 8);
  INSERT INTO models (id, slug, name, description, licence, source, sha256, width, height, channels, labels, label_space)
    VALUES ('m', 'm', 'Model', '', '', '', repeat('0', 64), 8, 8, 1, '{a,b,c}', 'abc');
  INSERT INTO experiments (id, workspace_id, created_by_id, number, name, updated_at) VALUES ('e', 'w', 'u', 1, 'E', now());
  INSERT INTO images (sha256, width, height, channels, byte_length) VALUES ('${source}', 8, 8, 1, 1);
  INSERT INTO runs (id, workspace_id, experiment_id, created_by_id, model_id, number, encoding, generations, offspring,
      preset, parameters, seed, generation, evaluations, archive_hash, idempotency_key, updated_at)
    VALUES ('evolved', 'w', 'e', 'u', 'm', 1, 'cppn', 10, 4, 'paper', '{"insertion": "every-class"}', 7, 5, 24, repeat('c', 64), 'k1', now()),
      ('queued', 'w', 'e', 'u', 'm', 2, 'direct', 100000, 2000, 'paper', '{}', 7, -1, 0, NULL, 'k2', now());
  INSERT INTO runs (id, workspace_id, experiment_id, created_by_id, model_id, number, kind, method, evaluation_goal, preset, parameters, plan,
      source_sha256, seed, evaluations, idempotency_key, updated_at)
    VALUES
      ('climbed', 'w', 'e', 'u', 'm', 3, 'ascent', 'gradient-ascent', 120, 'paper', '{"iterations": 20}',
        '{"classes": [0, 2], "starts": 3, "crop": []}', NULL, 7, 60, 'k3', now()),
      ('searched', 'w', 'e', 'u', 'm', 4, 'ascent', 'gradient-ascent', 80, 'paper', '{"iterations": 20}',
        '{"classes": [0, 2], "starts": 1, "crop": [0.5, 0.25, 0.75], "searched": ["decay"], "configurations": ${JSON.stringify(drawn)}}',
        '${source}', 7, 0, 'k4', now()),
      ('early', 'w', 'e', 'u', 'm', 5, 'ascent', 'gradient-ascent', 20, 'paper', '{"iterations": 20}', '{"classes": [1]}', NULL, 7, 0, 'k5', now()),
      ('attacked', 'w', 'e', 'u', 'm', 6, 'perturbation', 'pgd', 80, 'usual', '{"epsilon": 8}',
        '{"bounds": [2, 16.5], "target": 1, "crop": [0.5, 0.5, 1]}', '${source}', 7, 40, 'k6', now()),
      ('unbounded', 'w', 'e', 'u', 'm', 7, 'perturbation', 'deepfool', 50, 'usual', '{}',
        '{"bounds": [], "target": null, "crop": []}', '${source}', 7, 0, 'k7', now()),
      ('chained', 'w', 'e', 'u', 'm', 8, 'retraining', 'fooling-class', 2400, 'quick', '{}',
        '{"dataset": "mnist", "iterations": 3}', NULL, 7, 600, 'k8', now());
  INSERT INTO genomes (id, run_id, generation, index, sha256, byte_length, bytes, image_sha256)
    VALUES ('g', 'evolved', 0, 0, repeat('b', 64), 1, 'x', '${source}');
`;

const ascent = { method: "gradient-ascent", source: null, search: null };
const plans: Readonly<Record<string, Planned>> = {
  evolved: { kind: "evolution", plan: { encoding: "cppn", generations: 10, offspring: 4 } },
  queued: { kind: "evolution", plan: { encoding: "direct", generations: 100_000, offspring: 2_000 } },
  climbed: { kind: "ascent", plan: { ...ascent, classes: [0, 2], starts: 3, evaluationGoal: 120 } },
  searched: {
    kind: "ascent",
    plan: {
      ...ascent,
      classes: [0, 2],
      starts: 1,
      evaluationGoal: 80,
      source: { sha256: source, crop: { x: 0.5, y: 0.25, size: 0.75 } },
      search: { searched: ["decay"], configurations: drawn },
    },
  },
  early: { kind: "ascent", plan: { ...ascent, classes: [1], starts: 1, evaluationGoal: 20 } },
  attacked: {
    kind: "perturbation",
    plan: {
      method: "pgd",
      bounds: [2, 16.5],
      target: 1,
      evaluationGoal: 80,
      source: { sha256: source, crop: { x: 0.5, y: 0.5, size: 1 } },
    },
  },
  unbounded: {
    kind: "perturbation",
    plan: { method: "deepfool", bounds: [], target: null, evaluationGoal: 50, source: { sha256: source, crop: null } },
  },
  chained: { kind: "retraining", plan: { method: "fooling-class", dataset: "mnist", iterations: 3, evaluationGoal: 2_400 } },
};
const ids = Object.keys(plans);

describe("runs of the version before plans by kind", () => {
  let testDatabase: TestDatabase;
  let database: Database;

  beforeAll(async () => {
    testDatabase = await createDatabaseBefore("plans_by_kind");
    await withClient(testDatabase.url, (client) => client.query(before));
    await migrate(testDatabase.url);
    database = await openDatabase(testDatabase.url);
  });
  afterAll(async () => {
    await database.close();
    await testDatabase.drop();
  });

  it("are read with their typed plans and their progress", async () => {
    const runs = await findRuns(database.connection, ids);
    expect(runs.map((run) => run?.kind)).toEqual(ids.map((id) => plans[id]?.kind));
    expect(runs.map((run) => run?.nicheCount)).toEqual([3, 3, 6, 4, 1, 2, 1, 4]);
    expect(runs.map((run) => run && progressOf(run))).toEqual([24 / 44, 0, 0.5, 0, 0, 0.5, 0, 0.25]);
    expect(runs.map((run) => (run?.kind === "evolution" ? run.generation : undefined)).slice(0, 3)).toEqual([5, null, undefined]);
    expect(runs[3]).toMatchObject({ plan: { search: { searched: ["decay"], configurationCount: 2 } } });
    expect(await findSearches(database.connection, ["searched", "climbed"])).toEqual([
      { searched: ["decay"], configurations: drawn },
      null,
    ]);
  });

  it("are found by encoding, method and search text, and counted as before", async () => {
    const { connection } = database;
    const list = async (text: string) => {
      const page = { limit: 20, backward: false, after: null, before: null };
      const reader = { scope: openScope("w"), userId: "u", readsRecognition: false };
      const search = checkSearch(text, { registry: runFields, now: 0 }).value ?? null;
      const order = { field: runFields.find("run") as SearchField, direction: "ASC" } as const;
      const { rows } = await listSearchedRuns(connection, { reader, filter: {}, search, order, page });
      return rows.map(({ node }) => node.id).toSorted();
    };
    expect(await list("encoding = cppn")).toEqual(["evolved"]);
    expect(await list("kind = ascent")).toEqual(["climbed", "early", "searched"]);
    const page = { limit: 20, backward: false, after: null, before: null };
    const order = { field: "createdAt", direction: "ASC" } as const;
    const ascents = await listRuns(connection, { filter: { scope: openScope("w"), kind: "ascent" }, order, page });
    expect(ascents.rows.map(({ node }) => node.id).toSorted()).toEqual(["climbed", "early", "searched"]);
    expect(await list("method = pgd")).toEqual(["attacked"]);
    expect(await list("method = gradient-ascent")).toEqual(["climbed", "early", "searched"]);
    expect((await summariseExperiments(connection, ["e"]))[0]?.encodings.toSorted()).toEqual(["cppn", "direct"]);
    expect((await findGenomes(connection, ["g"]))[0]?.encoding).toBe("cppn");
    expect((await measureRuns(connection, ids)).map((outcome) => outcome?.total)).toEqual([3, 3, 6, 4, 1, 2, 1, 4]);
  });

  it.each(ids.map((id, i) => [id, i + 1] as const))("still match the requests that created them: %s", async (id, number) => {
    const planned = plans[id];
    if (planned === undefined) throw new Error("There is no such plan.");
    const { preset, parameters } = await database.connection.run.findUniqueOrThrow({ where: { id } });
    const common = { workspaceId: "w", experimentId: "e", createdById: "u", modelId: "m", framing: { kind: "whole" }, seed: 7 } as const;
    const request = { ...common, preset, parameters: parameters as Record<string, number>, idempotencyKey: `k${number}`, ...planned };
    expect(await database.transaction((transaction) => createRun(transaction, request))).toMatchObject({ id, created: false });
    await expect(database.transaction((transaction) => createRun(transaction, { ...request, seed: 8 }))).rejects.toMatchObject({
      code: "CONFLICT",
    });
  });

  it("are claimed with their complete plans", async () => {
    for (const id of ids) {
      const run = await database.transaction((transaction) => claimRun(transaction, { runId: id, workerId: "w", leaseSeconds: 60 }));
      expect(run).toMatchObject(plans[id] ?? {});
    }
  });
});
