/** An attack on a stored image through the worker's task, on a real Postgres and a folder. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { DifferentiableClassifier } from "@pareidolia/core/differentiableClassifier";
import { toFloatImage } from "@pareidolia/core/image";
import { topClass } from "@pareidolia/core/topClass";
import { decodePng } from "@pareidolia/images/png";
import { maxAttempts, requeueExpiredRuns } from "@pareidolia/persistence/lab/runs/expiredLeases";
import { findRuns } from "@pareidolia/persistence/lab/runs/readRuns";
import { cancelRun, pauseRun, resumeRun } from "@pareidolia/persistence/lab/runs/runControl";
import { type Database, openDatabase } from "@pareidolia/persistence/server/database/database";
import { listen } from "@pareidolia/persistence/server/database/notifications";
import { openFolderStore } from "@pareidolia/persistence/server/objectStores/folderStore";
import { imageKey, type ObjectStore } from "@pareidolia/persistence/server/objectStores/objectStore";
import { openSource } from "@pareidolia/workers/runs/openSource";
import { carryOutRun } from "@pareidolia/workers/tasks/carryOutRun.task";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";
import { inFull } from "../../support/extent/inFull.ts";
import { createLinearClassifier } from "../../support/linearClassifier.ts";
import { seedPerturbation } from "../../support/queuedRuns.ts";
import { evolveContext } from "../../support/runs.ts";
import { storePattern } from "../../support/storePattern.ts";

let testDatabase: TestDatabase;
let database: Database;
let folder: string;
let objectStore: ObjectStore;
const classifier = createLinearClassifier({ input: { width: 8, height: 8, channels: 1 }, classes: 5 });

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = await openDatabase(testDatabase.url);
  folder = await mkdtemp(path.join(tmpdir(), "pareidolia-perturbation-"));
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
/** The evaluations of the run so far, including those in progress. */
const evaluationsOf = async (id: string) => (await findRuns(database.connection, [id]))[0]?.evaluations ?? Number.NaN;
const readResults = (runId: string) => database.connection.perturbation.findMany({ where: { runId }, orderBy: { index: "asc" } });

/** The network's label of a stored photo. */
async function classOf(sourceSha256: string): Promise<number> {
  const source = await openSource({ sha256: sourceSha256, crop: null }, classifier.input, objectStore);
  if (source === null) throw new Error("There is no source.");
  return topClass((await classifier.predict([toFloatImage(source)])).probabilities);
}

const storePhoto = () => storePattern(database, objectStore);

describe("a perturbation", () => {
  it("stores one result per bound, measured on the stored images, and never exceeds the bound", async () => {
    const runId = await seedPerturbation(database, { sourceSha256: await storePhoto(), bounds: [0.5, 2, 16, 128] });
    await carryOutRun({ runId }, context());
    // At most forty steps per bound; steps that an attack skips count as done.
    expect(await readRun(runId)).toMatchObject({ state: "SUCCEEDED", evaluations: 160, plan: { evaluationGoal: 160 } });
    const results = await readResults(runId);
    expect(results.map(({ bound }) => bound)).toEqual([0.5, 2, 16, 128]);
    // Stored bytes differ by whole grey levels, so a bound below one allows no change.
    expect(results[0]).toMatchObject({ linf: 0, l0: 0, success: false });
    expect(results.at(-1)?.success).toBe(true);
    for (const row of results) {
      const [original, image] = await Promise.all(
        [row.originalSha256, row.imageSha256].map(async (sha256) => decodePng(await objectStore.get(imageKey(sha256)))),
      );
      if (original === undefined || image === undefined) throw new Error("An image is missing.");
      expect([original.width, original.height, original.channels]).toEqual([8, 8, 1]);
      const differences = [...original.pixels].map((value, i) => Math.abs(value - (image.pixels[i] as number)));
      expect(row.linf).toBe(Math.max(...differences));
      expect(row.linf).toBeLessThanOrEqual(row.bound as number);
      expect(row.l0).toBe(differences.filter((value) => value > 0).length);
      const { probabilities } = await classifier.predict([toFloatImage(original), toFloatImage(image)]);
      expect(row.originalConfidence).toBeCloseTo(Math.max(...probabilities.subarray(0, 5)), 6);
      expect(row.storedConfidence).toBeCloseTo(Math.max(...probabilities.subarray(5)), 6);
      expect(row.success).toBe(row.originalClass !== row.storedClass);
    }
  });

  it("reaches a target, and stores the network's confidence in it", async () => {
    const sourceSha256 = await storePhoto();
    const { probabilities } = await classifier.predict([]);
    expect(probabilities.length).toBe(0);
    const runId = await seedPerturbation(database, { sourceSha256, target: 4, bounds: [200] });
    await carryOutRun({ runId }, context());
    const [result] = await readResults(runId);
    expect(result).toMatchObject({ success: true, storedClass: 4 });
    expect(result?.storedTargetConfidence).toBe(result?.storedConfidence);
  });

  it("fails before its first attack if the network already gives the source the target's label", async () => {
    const sourceSha256 = await storePhoto();
    const runId = await seedPerturbation(database, { sourceSha256, target: await classOf(sourceSha256), bounds: [8, 16] });
    await carryOutRun({ runId }, context());
    expect(await readRun(runId)).toMatchObject({
      state: "FAILED",
      evaluations: 0,
      foolingCount: 0,
      failure: expect.stringMatching(/^The network already labels the source .+\. Start a new run with another target\.$/),
    });
    expect(await readResults(runId)).toEqual([]);
  });

  it("computes only the missing bounds after it is stopped between two bounds", async () => {
    const runId = await seedPerturbation(database, { sourceSha256: await storePhoto() });
    const stop = new AbortController();
    // Only storing a result calls `predict`: the first attack scores its two images together.
    const stopping: DifferentiableClassifier = {
      ...classifier,
      predict: (...args) => {
        stop.abort();
        return classifier.predict(...args);
      },
    };
    await carryOutRun({ runId }, context({ classifier: stopping, stop: stop.signal }));
    expect((await readRun(runId)).state).toBe("QUEUED");
    const first = await readResults(runId);
    expect(first.length).toBe(1);
    await carryOutRun({ runId }, context());
    const all = await readResults(runId);
    expect(all.length).toBe(3);
    expect(all[0]).toEqual(first[0]);
    expect((await readRun(runId)).state).toBe("SUCCEEDED");
  });
});

describe("a long attack", () => {
  /** The parameters of the released code, which take hours on any network. */
  const endless = { iterations: 10_000, initialWeight: 0.001, searchSteps: 9 };
  const short = { iterations: 60, searchSteps: 3 };
  const seedAttack = async (parameters: Readonly<Record<string, number>>): Promise<string> =>
    seedPerturbation(database, { sourceSha256: await storePhoto(), attack: "carlini-wagner", parameters });

  /** A network that runs `act` during one of the attack's calls, and counts all calls. */
  function watched(at: number, act: () => Promise<void> | void) {
    const seen = { calls: 0 };
    const duringPredict = async (call: number): Promise<void> => {
      seen.calls++;
      if (call === at) await act();
    };
    return { seen, classifier: createLinearClassifier({ input: classifier.input, classes: 5, duringPredict }) };
  }

  /** Requests a pause or cancellation, and refreshes the lease so that the worker receives the request. */
  function controlOf(runId: string, request: typeof pauseRun) {
    let lease: { refresh(): Promise<void> } | null = null;
    return {
      onHeld: (_: string, held: typeof lease) => void (lease = held),
      act: async () => {
        await database.transaction((transaction) => request(transaction, { runId }));
        await lease?.refresh();
      },
    };
  }

  async function runUninterrupted() {
    const runId = await seedAttack(short);
    await carryOutRun({ runId }, context());
    const [result] = await readResults(runId);
    if (result === undefined) throw new Error("There is no result.");
    const { id: _, runId: __, experimentId: ___, createdAt: ____, ...row } = result;
    return { row, hash: (await readRun(runId)).archiveHash };
  }

  it("ends at its next step when it is cancelled, and stores no partial result", async () => {
    const runId = await seedAttack(endless);
    const images = await database.connection.image.count();
    const { act, onHeld } = controlOf(runId, cancelRun);
    const { seen, classifier: cancelled } = watched(40, act);
    await carryOutRun({ runId }, context({ classifier: cancelled, onHeld }));
    expect(seen.calls).toBeLessThan(43);
    const run = await readRun(runId);
    expect(run).toMatchObject({ state: "CANCELLED", control: "NONE", leaseToken: null, archiveHash: null, median: null, evaluations: 0 });
    expect(await evaluationsOf(runId)).toBeGreaterThan(0);
    expect(await evaluationsOf(runId)).toBeLessThan(41);
    expect(await readResults(runId)).toEqual([]);
    expect(await database.connection.image.count()).toBe(images);
    // It progressed without storing a checkpoint.
    expect((await findRuns(database.connection, [runId]))[0]?.savedAt).toBeNull();
  });

  inFull("produces the result of an uninterrupted run after it is paused and resumed, and restarts its progress", async () => {
    const expected = await runUninterrupted();
    const runId = await seedAttack(short);
    const { act, onHeld } = controlOf(runId, pauseRun);
    let reached = 0;
    const { seen, classifier: paused } = watched(70, async () => {
      reached = await evaluationsOf(runId);
      await act();
    });
    await carryOutRun({ runId }, context({ classifier: paused, onHeld }));
    expect(seen.calls).toBeLessThan(73);
    expect(reached).toBeGreaterThan(50);
    // Its progress is not kept.
    expect([(await readRun(runId)).state, await evaluationsOf(runId)]).toEqual(["PAUSED", 0]);
    expect(await readResults(runId)).toEqual([]);
    await database.transaction((transaction) => resumeRun(transaction, { runId }));
    const progress: number[] = [];
    const duringPredict = async (): Promise<void> => void progress.push(await evaluationsOf(runId));
    const followed = createLinearClassifier({ input: classifier.input, classes: 5, duringPredict });
    await carryOutRun({ runId }, context({ classifier: followed }));
    const run = await readRun(runId);
    expect(run).toMatchObject({ state: "SUCCEEDED", archiveHash: expected.hash, evaluations: 180, plan: { evaluationGoal: 180 } });
    expect(await readResults(runId)).toEqual([expect.objectContaining(expected.row)]);
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
    expect(progress[0]).toBe(0);
    expect(new Set(progress.filter((evaluations) => evaluations < reached)).size).toBeGreaterThan(50);
    expect(progress.at(-1)).toBeLessThan(180);
  });

  inFull("crashes its run after several lost workers, even if it progresses further each time", async () => {
    const runId = await seedAttack(short);
    const states: string[] = [];
    const reached: number[] = [];
    for (let attempt = 1; attempt <= maxAttempts; attempt++) {
      const { classifier: fatal } = watched(20 + 10 * attempt, async () => {
        reached.push(await evaluationsOf(runId));
        states.push((await readRun(runId)).state);
        await database.connection.run.update({ where: { id: runId }, data: { leaseExpiresAt: new Date(0) } });
        await database.transaction(requeueExpiredRuns);
        expect(await evaluationsOf(runId)).toBe(0);
      });
      await carryOutRun({ runId }, context({ classifier: fatal }));
    }
    expect(states).toEqual(Array(maxAttempts).fill("RUNNING"));
    expect(reached).toEqual(reached.toSorted((a, b) => a - b));
    expect(new Set(reached).size).toBe(maxAttempts);
    expect((await readRun(runId)).state).toBe("CRASHED");
  });

  inFull("is requeued at its next step when its worker stops, and produces the same bytes on another worker", async () => {
    const expected = await runUninterrupted();
    const runId = await seedAttack(short);
    const stop = new AbortController();
    const enqueued: string[] = [];
    const queue = { enqueue: async (_: unknown, name: string) => void enqueued.push(name) };
    const { seen, classifier: stopped } = watched(70, () => stop.abort());
    await carryOutRun({ runId }, context({ classifier: stopped, stop: stop.signal, queue }));
    expect(seen.calls).toBeLessThan(73);
    expect([(await readRun(runId)).state, enqueued]).toEqual(["QUEUED", ["carryOutRun"]]);
    await carryOutRun({ runId }, context());
    expect((await readRun(runId)).archiveHash).toBe(expected.hash);
    expect(await readResults(runId)).toEqual([expect.objectContaining(expected.row)]);
  });

  it("reports its progress and speed, notifies subscribers, and logs only what it stores", async () => {
    const runId = await seedAttack(short);
    const notifications: string[] = [];
    const onMessage = (payload: string): void => void (payload.endsWith(":") && notifications.push(payload));
    const listener = await listen({ url: testDatabase.url, channel: "pareidolia_run_events", onMessage, onReconnect: () => undefined });
    const reports: { evaluations: number; speed: number | null }[] = [];
    const duringPredict = async (): Promise<void> => {
      reports.push({ evaluations: await evaluationsOf(runId), speed: (await readRun(runId)).speed });
    };
    await carryOutRun({ runId }, context({ classifier: createLinearClassifier({ input: classifier.input, classes: 5, duringPredict }) }));
    const evaluations = reports.map((row) => row.evaluations);
    expect(evaluations).toEqual(evaluations.toSorted((a, b) => a - b));
    expect(new Set(evaluations).size).toBeGreaterThan(60);
    expect(evaluations.at(-1)).toBeLessThan(180);
    expect(reports.at(-1)?.speed).toBeGreaterThan(0);
    const events = await database.connection.runEvent.findMany({ where: { runId, kind: "PROGRESS" }, orderBy: { seq: "asc" } });
    const [result] = await readResults(runId);
    expect(events.map(({ payload }) => payload)).toEqual([{ perturbationIds: [result?.id] }]);
    expect((await findRuns(database.connection, [runId]))[0]?.savedAt).toEqual(events[0]?.createdAt);
    // One notification per step, without a sequence number.
    await expect.poll(() => notifications.length).toBeGreaterThan(60);
    expect(new Set(notifications)).toEqual(new Set([`${runId}:`]));
    await listener.close();
  });

  it("is one step of the progress if its run's goal is a number of attacks", async () => {
    const runId = await seedPerturbation(database, { sourceSha256: await storePhoto() });
    const plan = { method: "pgd", bounds: [2, 16, 128], target: null, evaluationGoal: 3 };
    await database.connection.run.update({ where: { id: runId }, data: { plan } });
    const reports = new Set<number>();
    const duringPredict = async (): Promise<void> =>
      void reports.add((await findRuns(database.connection, [runId]))[0]?.settledEvaluations ?? 0);
    await carryOutRun({ runId }, context({ classifier: createLinearClassifier({ input: classifier.input, classes: 5, duringPredict }) }));
    expect([...reports]).toEqual([0, 1, 2]);
    expect(await readRun(runId)).toMatchObject({ state: "SUCCEEDED", evaluations: 3 });
  });
});
