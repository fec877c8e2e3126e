/** A random search through the worker's task, on a real Postgres and a folder: it produces the same result after any interruption. */
import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { DifferentiableClassifier } from "@pareidolia/core/differentiableClassifier";
import { cancelRun, pauseRun, resumeRun } from "@pareidolia/persistence/lab/runs/runControl";
import { type Database, openDatabase } from "@pareidolia/persistence/server/database/database";
import { openFolderStore } from "@pareidolia/persistence/server/objectStores/folderStore";
import type { ObjectStore } from "@pareidolia/persistence/server/objectStores/objectStore";
import type { RunContext } from "@pareidolia/workers/runs/runContext";
import { carryOutRun } from "@pareidolia/workers/tasks/carryOutRun.task";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";
import { inFull } from "../../support/extent/inFull.ts";
import { sampled } from "../../support/extent/sampled.ts";
import { createLinearClassifier } from "../../support/linearClassifier.ts";
import { seedAscent } from "../../support/queuedRuns.ts";
import { evolveContext } from "../../support/runs.ts";

let testDatabase: TestDatabase;
let database: Database;
let folder: string;
let objectStore: ObjectStore;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = await openDatabase(testDatabase.url);
  folder = await mkdtemp(path.join(tmpdir(), "pareidolia-search-"));
  objectStore = openFolderStore({ folder });
});
afterAll(async () => {
  await database.close();
  await testDatabase.drop();
  await rm(folder, { recursive: true });
});

/** The first and the last configuration are equal, as drawn configurations may be. */
const search = [
  { iterations: 8, decay: 0.1 },
  { iterations: 14, decay: 0 },
  { iterations: 11, decay: 0.3 },
  { iterations: 8, decay: 0.1 },
];
const budget = 4 * (8 + 14 + 11 + 8);

/** A network that runs `interrupt` during the given call. There are two calls per step and one per save. */
function interrupting(at: number, interrupt: () => Promise<void> | void): DifferentiableClassifier {
  return linear((call) => (call === at ? interrupt() : undefined));
}

function linear(duringPredict: (call: number) => Promise<void> | void = () => undefined): DifferentiableClassifier {
  return createLinearClassifier({ input: { width: 8, height: 8, channels: 1 }, classes: 5, duringPredict });
}

/** Saves only when a batch ends or the run stops. */
const carryOut = (runId: string, overrides: Partial<RunContext> & { classifier?: DifferentiableClassifier } = {}) =>
  carryOutRun({ runId }, evolveContext({ database, objectStore, classifier: linear(), checkpointSeconds: 60, ...overrides }));
const readRun = (id: string) => database.connection.run.findUniqueOrThrow({ where: { id } });
const readTrajectories = (runId: string) =>
  database.connection.trajectory.findMany({
    where: { runId },
    include: { milestones: { orderBy: { level: "asc" } } },
    orderBy: [{ configuration: "asc" }, { class: "asc" }, { start: "asc" }],
  });
const hashOf = (rows: unknown): string => createHash("sha256").update(JSON.stringify(rows)).digest("hex");

async function runUninterrupted(): Promise<string | null> {
  const runId = await seedAscent(database, { search });
  await carryOut(runId);
  return (await readRun(runId)).archiveHash;
}

describe("a random search", () => {
  it("ascends from the same starts towards every class with every configuration, each for its own iterations", async () => {
    const runId = await seedAscent(database, { search });
    await carryOut(runId, { checkpointSeconds: 0 });
    const run = await readRun(runId);
    expect(run).toMatchObject({ state: "SUCCEEDED", evaluations: budget, plan: { evaluationGoal: budget } });
    const rows = await readTrajectories(runId);
    expect(rows.map((row) => [row.configuration, row.class, row.start, row.ended, row.step])).toEqual(
      search.flatMap(({ iterations }, configuration) =>
        [0, 3].flatMap((target) => [0, 1].map((start) => [configuration, target, start, true, iterations - 1])),
      ),
    );
    const of = (configuration: number) => rows.filter((row) => row.configuration === configuration);
    const startsOf = (configuration: number) => of(configuration).map(({ milestones }) => milestones[0]?.imageSha256);
    for (const configuration of [1, 2, 3]) expect(startsOf(configuration)).toEqual(startsOf(0));
    const lastOf = (configuration: number) => of(configuration).map(({ imageSha256 }) => imageSha256);
    expect(lastOf(3)).toEqual(lastOf(0));
    for (const i of [0, 1, 2, 3]) expect(new Set([0, 1, 2].map((configuration) => lastOf(configuration)[i])).size).toBe(3);
    expect(run.archiveHash).toBe(hashOf(rows.map((row) => [row.configuration, row.class, row.start, row.step, row.imageSha256])));
    const sorted = rows.map(({ storedConfidence }) => storedConfidence).sort((a, b) => a - b);
    expect(run.median).toBe(((sorted[7] as number) + (sorted[8] as number)) / 2);
    expect(run.foolingCount).toBe(sorted.filter((confidence) => confidence >= 0.9999).length);
  });

  inFull("produces the same images for each configuration as an ascent with its parameters", async () => {
    const runId = await seedAscent(database, { search });
    await carryOut(runId);
    const rows = await readTrajectories(runId);
    for (const [configuration, parameters] of search.entries()) {
      const alone = await seedAscent(database, { parameters });
      await carryOut(alone);
      const expected = await readTrajectories(alone);
      expect(rows.filter((row) => row.configuration === configuration).map((row) => row.imageSha256)).toEqual(
        expected.map((row) => row.imageSha256),
      );
      expect(expected.map((row) => row.configuration)).toEqual([0, 0, 0, 0]);
      // The hash of an ascent without a search contains no configurations, as in versions before random searches.
      expect((await readRun(alone)).archiveHash).toBe(hashOf(expected.map((row) => [row.class, row.start, row.step, row.imageSha256])));
    }
  });

  it("evaluates images of one configuration at a time, and reports which trajectories advanced", async () => {
    const runId = await seedAscent(database, { search });
    await carryOut(runId);
    const ids = new Map((await readTrajectories(runId)).map(({ id, configuration }) => [id, configuration]));
    const events = await database.connection.runEvent.findMany({ where: { runId, kind: "PROGRESS" }, orderBy: { seq: "asc" } });
    const reported = events.map(({ payload }) => (payload as { trajectoryIds: string[] }).trajectoryIds.map((id) => ids.get(id)));
    expect(reported).toEqual([0, 1, 2, 3].map((configuration) => Array.from({ length: 4 }, () => configuration)));
  });

  // Two calls per step and one for the images at each end: the second configuration takes calls 18 to 46, the third 47 to 69.
  const pauses = [
    ["in its first configuration", 9],
    ["in its second configuration", 35],
    ["in its third configuration", 60],
    ["in its last configuration (equal to the first)", 77],
  ] as const;
  /** A sample has the second configuration: what is before and after it is kept. */
  it.each(
    sampled(
      pauses.toSorted(([, a], [, b]) => Math.abs(a - 35) - Math.abs(b - 35)),
      { by: () => "pause" },
    ),
  )("produces the uninterrupted hash after it is paused %s and resumed", async (_, call) => {
    const expected = await runUninterrupted();
    const runId = await seedAscent(database, { search });
    let lease: { refresh(): Promise<void> } | null = null;
    const classifier = interrupting(call, async () => {
      await database.transaction((transaction) => pauseRun(transaction, { runId }));
      await lease?.refresh();
    });
    await carryOut(runId, { classifier, onHeld: (_run, held) => void (lease = held) });
    const paused = await readRun(runId);
    expect(paused).toMatchObject({ state: "PAUSED", archiveHash: null });
    expect(paused.evaluations).toBeGreaterThan(0);
    expect(paused.evaluations).toBeLessThan(budget);
    const before = await readTrajectories(runId);
    expect(before.some(({ ended, step }) => !ended && step > 0)).toBe(true);
    await database.transaction((transaction) => resumeRun(transaction, { runId }));
    let calls = 0;
    await carryOut(runId, { classifier: linear(() => void calls++) });
    expect(await readRun(runId)).toMatchObject({ state: "SUCCEEDED", archiveHash: expected, evaluations: budget });
    // It repeats no step and predicts the images only once more.
    expect(calls).toBeLessThanOrEqual(2 * 41 + 4 - call + 1);
    expect(await readTrajectories(runId)).toHaveLength(16);
  });

  it("produces the uninterrupted hash after one worker stops and another fails", async () => {
    const expected = await runUninterrupted();
    const runId = await seedAscent(database, { search });
    const stop = new AbortController();
    await carryOut(runId, { classifier: interrupting(30, () => stop.abort()), stop: stop.signal });
    expect((await readRun(runId)).state).toBe("QUEUED");
    const death = new Error("The process is gone.");
    const dying = interrupting(25, () => {
      throw death;
    });
    await carryOut(runId, { classifier: dying });
    expect((await readRun(runId)).state).toBe("FAILED");
    expect((await readTrajectories(runId)).some(({ configuration }) => configuration === 2)).toBe(false);
    await database.transaction((transaction) => resumeRun(transaction, { runId }));
    await carryOut(runId);
    expect(await readRun(runId)).toMatchObject({ state: "SUCCEEDED", archiveHash: expected, evaluations: budget });
  });

  it("keeps its trajectories when it is cancelled in a later configuration", async () => {
    const runId = await seedAscent(database, { search });
    let lease: { refresh(): Promise<void> } | null = null;
    const classifier = interrupting(30, async () => {
      await database.transaction((transaction) => cancelRun(transaction, { runId }));
      await lease?.refresh();
    });
    await carryOut(runId, { classifier, onHeld: (_, held) => void (lease = held) });
    expect(await readRun(runId)).toMatchObject({ state: "CANCELLED", archiveHash: null });
    expect((await readTrajectories(runId)).map(({ configuration, ended }) => [configuration, ended])).toEqual(
      [0, 1].flatMap((configuration) => Array.from({ length: 4 }, () => [configuration, configuration === 0])),
    );
    expect(await database.connection.runCheckpoint.count({ where: { runId } })).toBe(0);
  });

  it("fails with a message if its plan or its stored state is invalid", async () => {
    const unplanned = await seedAscent(database, { search });
    const basics = { method: "gradient-ascent", evaluationGoal: 96, starts: 2, searched: ["decay"] };
    await database.connection.run.update({
      where: { id: unplanned },
      data: { plan: { ...basics, classes: ["zero"], configurations: search.slice(0, 1) } },
    });
    await carryOut(unplanned);
    expect(await readRun(unplanned)).toMatchObject({ state: "FAILED", leaseToken: null, failure: expect.stringContaining("plan.classes") });
    const shortened = await seedAscent(database, { search });
    await carryOut(shortened, { classifier: interrupting(60, () => Promise.reject(new Error("The process is gone."))) });
    await database.connection.run.update({
      where: { id: shortened },
      data: { plan: { ...basics, classes: [0, 3], configurations: search.slice(0, 1) } },
    });
    await database.transaction((transaction) => resumeRun(transaction, { runId: shortened }));
    await carryOut(shortened);
    expect(await readRun(shortened)).toMatchObject({ state: "FAILED", failure: expect.stringContaining("configuration") });
  });
});
