/**
 * A database that the version before `plans_by_kind` wrote: finished and interrupted runs of each kind that ran against the linear
 * classifier of the tests, and a queued chain. The migration keeps them, and an interrupted run ends with the hash that the earlier
 * version computed without an interruption. `fixtures/beforePlansByKind.jsonl` has every row of every table.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { progressOf } from "@pareidolia/core/runKinds/registry";
import { encodePng } from "@pareidolia/images/png";
import { findDerivedDifferences } from "@pareidolia/persistence/integrity/derivedColumns";
import { findRunsByNumber } from "@pareidolia/persistence/lab/runs/readRuns";
import { type Database, openDatabase } from "@pareidolia/persistence/server/database/database";
import { migrate } from "@pareidolia/persistence/server/database/migrations";
import { openFolderStore } from "@pareidolia/persistence/server/objectStores/folderStore";
import { imageKey, type ObjectStore } from "@pareidolia/persistence/server/objectStores/objectStore";
import { openScope } from "@pareidolia/persistence/server/scope/openScope";
import { localWorkspaceId } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { checkRows } from "@pareidolia/workers/storeCheck/checkRows";
import { carryOutRun } from "@pareidolia/workers/tasks/carryOutRun.task";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TestDatabase } from "../../support/database.ts";
import { createDatabaseBefore, restoreRows } from "../../support/earlierDatabase.ts";
import { createLinearClassifier } from "../../support/linearClassifier.ts";
import { evolveContext } from "../../support/runs.ts";

const rows = fileURLToPath(new URL("fixtures/beforePlansByKind.jsonl", import.meta.url));
const classifier = createLinearClassifier({ input: { width: 8, height: 8, channels: 1 }, classes: 5 });
/** The photograph that the perturbations start from. */
const photo = encodePng({ width: 24, height: 16, channels: 3, pixels: Uint8Array.from({ length: 24 * 16 * 3 }, (_, i) => (i * 37) % 256) });

describe("a database of the version before plans by kind", () => {
  let testDatabase: TestDatabase;
  let database: Database;
  let folder: string;
  let objectStore: ObjectStore;

  beforeAll(async () => {
    testDatabase = await createDatabaseBefore("plans_by_kind");
    await restoreRows(testDatabase.url, rows);
    await migrate(testDatabase.url);
    database = await openDatabase(testDatabase.url);
    folder = await mkdtemp(path.join(tmpdir(), "pareidolia-earlier-"));
    objectStore = openFolderStore({ folder });
    const { imageSha256 } = await database.connection.photo.findFirstOrThrow();
    await objectStore.put(imageKey(imageSha256), photo, { contentType: "image/png" });
  });
  afterAll(async () => {
    await database.close();
    await testDatabase.drop();
    await rm(folder, { recursive: true });
  });

  const readRun = (number: number) => database.connection.run.findFirstOrThrow({ where: { number } });

  it("has figures that follow from their rows", async () => {
    const found: string[] = [];
    for (const { column, place } of await findDerivedDifferences(database.connection)) found.push(`${column} of ${place}`);
    await checkRows(database, (sentence) => void found.push(sentence));
    expect(found).toEqual([]);
  });

  it("has the same runs with typed plans", async () => {
    const numbers = Array.from({ length: 11 }, (_, i) => i + 1);
    const runs = await findRunsByNumber(database.connection, { scope: openScope(localWorkspaceId), numbers });
    expect(runs.map((run) => run && [run.kind, run.state, progressOf(run)])).toEqual([
      ["evolution", "SUCCEEDED", 1],
      ["evolution", "QUEUED", 8 / 28],
      ["evolution", "SUCCEEDED", 1],
      ["evolution", "QUEUED", 4 / 16],
      ["ascent", "SUCCEEDED", 1],
      ["ascent", "QUEUED", 4 / 16],
      ["ascent", "SUCCEEDED", 1],
      ["ascent", "QUEUED", 10 / 32],
      ["perturbation", "SUCCEEDED", 1],
      ["perturbation", "QUEUED", 0],
      ["retraining", "QUEUED", 0],
    ]);
    const { sourceSha256 } = await readRun(9);
    expect(runs.map((run) => run?.plan)).toEqual([
      ...Array.from({ length: 2 }, () => ({ encoding: "direct", generations: 6, offspring: 4 })),
      ...Array.from({ length: 2 }, () => ({ encoding: "cppn", generations: 3, offspring: 4 })),
      ...Array.from({ length: 2 }, () => ({
        method: "gradient-ascent",
        classes: [0, 3],
        starts: 1,
        evaluationGoal: 16,
        source: null,
        search: null,
      })),
      ...Array.from({ length: 2 }, () => ({
        method: "gradient-ascent",
        classes: [0, 3],
        starts: 1,
        evaluationGoal: 32,
        source: null,
        search: { searched: ["stepSize", "decay"], configurationCount: 2 },
      })),
      ...Array.from({ length: 2 }, () => ({
        method: "pgd",
        bounds: [2, 16, 128],
        target: null,
        evaluationGoal: 120,
        source: { sha256: sourceSha256, crop: null },
      })),
      { method: "fooling-class", dataset: "mnist", iterations: 1, evaluationGoal: 120 },
    ]);
  });

  it.each([
    ["an evolution with direct encoding", 1],
    ["an evolution with CPPNs", 3],
    ["an ascent", 5],
    ["a random search", 7],
    ["a perturbation", 9],
  ])("resumes %s and reaches the hash of the earlier version", async (_, finished) => {
    const { archiveHash, seed, plan } = await readRun(finished);
    const interrupted = await readRun(finished + 1);
    expect(interrupted).toMatchObject({ state: "QUEUED", seed, plan });
    expect(interrupted.archiveHash).not.toBe(archiveHash);
    await carryOutRun({ runId: interrupted.id }, evolveContext({ database, objectStore, classifier }));
    expect(await readRun(finished + 1)).toMatchObject({ state: "SUCCEEDED", archiveHash });
  });
});
