/** A gradient ascent through the worker's task, on a real Postgres and a folder. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { toFloatImage } from "@pareidolia/core/image";
import { decodePng } from "@pareidolia/images/png";
import { findImages } from "@pareidolia/persistence/lab/images/readImages";
import { cancelRun, pauseRun, resumeRun } from "@pareidolia/persistence/lab/runs/runControl";
import { type Database, openDatabase } from "@pareidolia/persistence/server/database/database";
import { openFolderStore } from "@pareidolia/persistence/server/objectStores/folderStore";
import { imageKey, type ObjectStore } from "@pareidolia/persistence/server/objectStores/objectStore";
import { openReach } from "@pareidolia/persistence/server/scope/openScope";
import { localWorkspaceId } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { carryOutRun } from "@pareidolia/workers/tasks/carryOutRun.task";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";
import { createLinearClassifier } from "../../support/linearClassifier.ts";
import { seedAscent } from "../../support/queuedRuns.ts";
import { evolveContext } from "../../support/runs.ts";

let testDatabase: TestDatabase;
let database: Database;
let folder: string;
let objectStore: ObjectStore;
const input = { width: 8, height: 8, channels: 1 } as const;
const classifier = createLinearClassifier({ input, classes: 5 });

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = await openDatabase(testDatabase.url);
  folder = await mkdtemp(path.join(tmpdir(), "pareidolia-ascent-"));
  objectStore = openFolderStore({ folder });
});
afterAll(async () => {
  await database.close();
  await testDatabase.drop();
  await rm(folder, { recursive: true });
});

const context = (overrides: Partial<Parameters<typeof evolveContext>[0]> = {}) =>
  evolveContext({ database, objectStore, classifier, ...overrides });
const readRun = (id: string) => database.connection.run.findUniqueOrThrow({ where: { id } });
const readTrajectories = (runId: string) =>
  database.connection.trajectory.findMany({
    where: { runId },
    include: { milestones: { orderBy: { level: "asc" } } },
    orderBy: [{ class: "asc" }, { start: "asc" }],
  });
const states = async (runId: string) => {
  const events = await database.connection.runEvent.findMany({ where: { runId }, orderBy: { seq: "asc" } });
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, i) => i + 1));
  return events.filter(({ kind }) => kind === "STATE").map(({ payload }) => (payload as { to: string }).to);
};

async function runUninterrupted(): Promise<{ readonly hash: string | null; readonly starts: readonly (string | undefined)[] }> {
  const runId = await seedAscent(database);
  await carryOutRun({ runId }, context({ checkpointSeconds: 60 }));
  return { hash: (await readRun(runId)).archiveHash, starts: await readStarts(runId) };
}

/** The image of step 0 of each trajectory. */
const readStarts = async (runId: string) =>
  (await readTrajectories(runId)).map(({ milestones }) => milestones.find(({ level, step }) => level === 0 && step === 0)?.imageSha256);

describe("a gradient ascent", () => {
  it("stores one trajectory per class and start, with the confidences of its stored images", async () => {
    const runId = await seedAscent(database);
    await carryOutRun({ runId }, context());
    const run = await readRun(runId);
    expect(run).toMatchObject({ state: "SUCCEEDED", evaluations: 48, plan: { evaluationGoal: 48 }, leaseToken: null });
    expect(run.median).toBeGreaterThan(0.5);
    expect(await states(runId)).toEqual(["QUEUED", "RUNNING", "SUCCEEDED"]);
    const trajectories = await readTrajectories(runId);
    expect(trajectories.map((row) => [row.class, row.start, row.ended, row.step])).toEqual([
      [0, 0, true, 11],
      [0, 1, true, 11],
      [3, 0, true, 11],
      [3, 1, true, 11],
    ]);
    for (const { class: target, curveSteps, curveConfidences, milestones, imageSha256, storedConfidence } of trajectories) {
      expect(curveSteps).toEqual(Array.from({ length: 12 }, (_, i) => i));
      expect(curveConfidences.at(-1)).toBeGreaterThan(curveConfidences[0] as number);
      expect(milestones[0]).toMatchObject({ level: 0, step: 0, confidence: curveConfidences[0] });
      expect(milestones.length).toBeGreaterThan(1);
      for (const shot of [{ imageSha256, storedConfidence }, ...milestones]) {
        const image = decodePng(await objectStore.get(imageKey(shot.imageSha256)));
        const { probabilities } = await classifier.predict([toFloatImage(image)]);
        expect(shot.storedConfidence).toBeCloseTo(probabilities[target] as number, 6);
      }
      for (const { level, storedConfidence: reached } of milestones) expect(reached).toBeGreaterThanOrEqual(level);
    }
    expect(await database.connection.runCheckpoint.count({ where: { runId } })).toBe(0);
  });

  it("serves replaced images for one minute, to its own workspace only", async () => {
    const runId = await seedAscent(database);
    const stop = new AbortController();
    const stopping = createLinearClassifier({ input, classes: 5, duringPredict: (call) => (call === 12 ? stop.abort() : undefined) });
    await carryOutRun({ runId }, context({ classifier: stopping, stop: stop.signal }));
    const replaced = async () =>
      (await database.connection.replacedImage.findMany({ where: { trajectory: { runId } } })).map(({ imageSha256 }) => imageSha256);
    const hashes = await replaced();
    expect(hashes.length).toBeGreaterThan(4);
    const found = (workspaceId: string) =>
      findImages(database.connection, { reach: openReach({ workspaceId, linkedExperimentId: null }), hashes });
    expect((await found(localWorkspaceId)).map((image) => image?.sha256)).toEqual(hashes);
    expect(await found("another")).toEqual(hashes.map(() => null));

    await database.connection.replacedImage.updateMany({ data: { replacedAt: new Date(Date.now() - 61_000) } });
    await carryOutRun({ runId }, context());
    expect((await readRun(runId)).state).toBe("SUCCEEDED");
    expect((await replaced()).filter((hash) => hashes.includes(hash))).toEqual([]);
  });

  it("stores each image once, however often it saves, and reports only trajectories that advanced", async () => {
    const puts: string[] = [];
    const counting: ObjectStore = { ...objectStore, put: (key, ...rest) => (puts.push(key), objectStore.put(key, ...rest)) };
    const runId = await seedAscent(database, { classes: [0, 1, 2, 3], parameters: { targetConfidence: 0.9, iterations: 40 } });
    await carryOutRun({ runId }, context({ objectStore: counting }));
    expect(puts.length).toBeGreaterThan(20);
    expect(puts).toHaveLength(new Set(puts).size);
    const events = await database.connection.runEvent.findMany({ where: { runId, kind: "PROGRESS" }, orderBy: { seq: "asc" } });
    const reported = events.map(({ payload }) => (payload as { trajectoryIds: string[] }).trajectoryIds);
    const trajectories = await readTrajectories(runId);
    expect(new Set(trajectories.map(({ step }) => step)).size).toBeGreaterThan(1);
    for (const { id, step } of trajectories)
      expect(reported.map((ids) => ids.includes(id))).toEqual(reported.map((_, saved) => saved <= step));
  });

  it("stores a hundred trajectories in as many statements as two", async () => {
    const counts: number[] = [];
    for (const starts of [1, 50]) {
      const runId = await seedAscent(database, { classes: [0, 3], starts });
      const spy = vi.spyOn(pg.Client.prototype, "query");
      // A long lease avoids renewals, whose number depends on the machine.
      await carryOutRun({ runId }, context({ checkpointSeconds: 60, leaseSeconds: 600 }));
      counts.push(spy.mock.calls.length);
      spy.mockRestore();
      expect(await readTrajectories(runId)).toHaveLength(2 * starts);
    }
    expect(counts[0]).toBeGreaterThan(0);
    expect(counts[1]).toBe(counts[0]);
  });

  it("produces the same images after it is paused during a batch and resumed", async () => {
    const expected = await runUninterrupted();
    const runId = await seedAscent(database);
    const pausing = createLinearClassifier({
      input,
      classes: 5,
      duringPredict: async (call) => {
        if (call === 9) await database.transaction((transaction) => pauseRun(transaction, { runId }));
      },
    });
    let lease: { refresh(): Promise<void> } | null = null;
    const refreshing = createLinearClassifier({ input, classes: 5, duringPredict: () => lease?.refresh() });
    const both = {
      ...pausing,
      predict: async (...args: Parameters<typeof pausing.predict>) => (await refreshing.predict(...args), pausing.predict(...args)),
    };
    await carryOutRun({ runId }, context({ classifier: both, checkpointSeconds: 60, onHeld: (_, held) => void (lease = held) }));
    expect((await readRun(runId)).state).toBe("PAUSED");
    const before = await readTrajectories(runId);
    expect(before.every(({ ended, step }) => !ended && step > 0)).toBe(true);
    expect(await database.connection.runCheckpoint.count({ where: { runId } })).toBe(1);
    await database.transaction((transaction) => resumeRun(transaction, { runId }));
    let calls = 0;
    const counting = createLinearClassifier({ input, classes: 5, duringPredict: () => void calls++ });
    await carryOutRun({ runId }, context({ classifier: counting, checkpointSeconds: 60 }));
    expect((await readRun(runId)).archiveHash).toBe(expected.hash);
    expect(await readStarts(runId)).toEqual(expected.starts);
    // A run from the beginning takes two calls per step and one for the images.
    expect(calls).toBeLessThan(12 * 2);
    expect(await states(runId)).toEqual(["QUEUED", "RUNNING", "PAUSED", "QUEUED", "RUNNING", "SUCCEEDED"]);
  });

  it("produces the same images after its worker stops, and requeues the run with its job", async () => {
    const expected = await runUninterrupted();
    const runId = await seedAscent(database);
    const stop = new AbortController();
    const stopping = createLinearClassifier({ input, classes: 5, duringPredict: (call) => (call === 7 ? stop.abort() : undefined) });
    const enqueued: string[] = [];
    const queue = { enqueue: async (_: unknown, name: string) => void enqueued.push(name) };
    await carryOutRun({ runId }, context({ classifier: stopping, stop: stop.signal, queue, checkpointSeconds: 60 }));
    expect([(await readRun(runId)).state, enqueued]).toEqual(["QUEUED", ["carryOutRun"]]);
    await carryOutRun({ runId }, context());
    expect((await readRun(runId)).archiveHash).toBe(expected.hash);
    expect(await readStarts(runId)).toEqual(expected.starts);
  });

  it("keeps its trajectories when it is cancelled, and deletes its checkpoint", async () => {
    const runId = await seedAscent(database);
    let lease: { refresh(): Promise<void> } | null = null;
    const cancelling = createLinearClassifier({
      input,
      classes: 5,
      duringPredict: async (call) => {
        if (call !== 6) return;
        await database.transaction((transaction) => cancelRun(transaction, { runId }));
        await lease?.refresh();
      },
    });
    await carryOutRun({ runId }, context({ classifier: cancelling, onHeld: (_, held) => void (lease = held) }));
    const run = await readRun(runId);
    expect(run).toMatchObject({ state: "CANCELLED", archiveHash: null });
    expect(run.evaluations).toBeGreaterThan(0);
    expect((await readTrajectories(runId)).length).toBe(4);
    expect(await database.connection.runCheckpoint.count({ where: { runId } })).toBe(0);
  });

  it("fails with a message if its plan is invalid", async () => {
    const runId = await seedAscent(database);
    await database.connection.run.update({
      where: { id: runId },
      data: { plan: { method: "gradient-ascent", evaluationGoal: 12, classes: [9], starts: 1 } },
    });
    await carryOutRun({ runId }, context());
    const run = await readRun(runId);
    expect(run.state).toBe("FAILED");
    expect(run.failure).toContain("class");
  });
});
