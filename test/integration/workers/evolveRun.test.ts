/** One run through the worker's task, on a real Postgres and a folder: what it stores, and how it stops and resumes. */
import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { AppError } from "@pareidolia/core/appError";
import { toFloatImage } from "@pareidolia/core/image";
import { decodePng } from "@pareidolia/images/png";
import { readHashChain } from "@pareidolia/persistence/lab/hashChains/readHashChain";
import { claimRun } from "@pareidolia/persistence/lab/runs/claimRun";
import { requeueExpiredRuns } from "@pareidolia/persistence/lab/runs/expiredLeases";
import { cancelRun, pauseRun, resumeRun } from "@pareidolia/persistence/lab/runs/runControl";
import { type Database, openDatabase } from "@pareidolia/persistence/server/database/database";
import { openFolderStore } from "@pareidolia/persistence/server/objectStores/folderStore";
import { imageKey, type ObjectStore } from "@pareidolia/persistence/server/objectStores/objectStore";
import { carryOutRun } from "@pareidolia/workers/tasks/carryOutRun.task";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";
import { createLinearClassifier } from "../../support/linearClassifier.ts";
import { evolveContext, seedRun } from "../../support/runs.ts";

let testDatabase: TestDatabase;
let database: Database;
let folder: string;
let objectStore: ObjectStore;
const classifier = createLinearClassifier({ input: { width: 8, height: 8, channels: 1 }, classes: 5 });

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = await openDatabase(testDatabase.url);
  folder = await mkdtemp(path.join(tmpdir(), "pareidolia-run-"));
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
const states = async (runId: string) => {
  const events = await database.connection.runEvent.findMany({ where: { runId }, orderBy: { seq: "asc" } });
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, i) => i + 1));
  return events.filter(({ kind }) => kind === "STATE").map(({ payload }) => (payload as { to: string }).to);
};

/** A classifier that calls `then` during the given call. */
function stopAfter(calls: number, then: () => Promise<unknown> | void) {
  return createLinearClassifier({
    input: classifier.input,
    classes: 5,
    duringPredict: async (call) => {
      if (call === calls) await then();
    },
  });
}

/** The archive's hash and the hash chain. */
async function hashesOf(runId: string): Promise<readonly (string | null)[]> {
  const chain = await readHashChain(database.connection, { runId, from: 0 });
  expect(chain.map(({ step }) => step)).toEqual(Array.from({ length: 13 }, (_, i) => i));
  return [(await readRun(runId)).archiveHash, ...chain.map(({ hash }) => hash)];
}

async function uninterruptedHashes(seed: number): Promise<readonly (string | null)[]> {
  const runId = await seedRun(database, { seed });
  await carryOutRun({ runId }, context({ checkpointSeconds: 60 }));
  return hashesOf(runId);
}

describe("a whole run", () => {
  it.each(["direct", "cppn"])("stores its archive, its statistics and its images, scored on their decoded bytes (%s)", async (encoding) => {
    const runId = await seedRun(database, { encoding });
    await carryOutRun({ runId }, context());
    const run = await readRun(runId);
    expect(run).toMatchObject({
      state: "SUCCEEDED",
      generation: 12,
      evaluations: 13 * 8,
      control: "NONE",
      leaseToken: null,
      attempts: 0,
    });
    expect(run.archiveHash).toMatch(/^[0-9a-f]{64}$/);
    expect(run.manifest).toMatchObject({ engines: [classifier.engine], modelHash: classifier.modelHash });
    expect(await states(runId)).toEqual(["QUEUED", "RUNNING", "SUCCEEDED"]);

    const generations = await database.connection.generation.findMany({ where: { runId }, orderBy: { generation: "asc" } });
    expect(generations.map(({ generation }) => generation)).toEqual(Array.from({ length: 13 }, (_, i) => i));
    const current = await database.connection.elite.findMany({
      where: { runId, replacedAt: null },
      include: { genome: true },
      orderBy: { niche: "asc" },
    });
    expect(current.map(({ niche }) => niche)).toEqual([0, 1, 2, 3, 4]);
    expect(generations.at(-1)?.searchMaximum).toBe(Math.max(...current.map(({ fitness }) => fitness)));
    expect(generations.at(-1)?.maximum).toBe(Math.max(...current.map(({ storedFitness }) => storedFitness)));

    for (const elite of current) {
      const png = await objectStore.get(imageKey(elite.genome.imageSha256));
      expect(createHash("sha256").update(png).digest("hex")).toBe(elite.genome.imageSha256);
      const { probabilities } = await classifier.predict([toFloatImage(decodePng(png))]);
      expect(elite.storedFitness).toBe(probabilities[elite.niche]);
      const score = await database.connection.score.findFirstOrThrow({ where: { imageSha256: elite.genome.imageSha256 } });
      expect(Buffer.from(score.probabilities).equals(Buffer.from(probabilities.buffer))).toBe(true);
    }
    expect(run.median).toBe(current.map(({ storedFitness }) => storedFitness).toSorted((a, b) => a - b)[2]);
  });

  it("keeps each niche's history without gaps, and a parent of every genome after generation 0", async () => {
    const runId = await seedRun(database, { seed: 5 });
    await carryOutRun({ runId }, context({ checkpointSeconds: 0.02 }));
    const elites = await database.connection.elite.findMany({ where: { runId }, orderBy: [{ niche: "asc" }, { generation: "asc" }] });
    expect(elites.length).toBeGreaterThan(5);
    for (const [i, elite] of elites.entries()) {
      const next = elites[i + 1];
      expect(elite.replacedAt).toBe(next?.niche === elite.niche ? next.generation : null);
      if (next?.niche === elite.niche) expect(next.fitness).toBeGreaterThan(elite.fitness);
    }
    const orphans = await database.connection.genome.count({ where: { runId, generation: { gt: 0 }, firstParentId: null } });
    expect(orphans).toBe(0);
  });

  it("produces the same archive at any checkpoint interval", async () => {
    const runId = await seedRun(database, { seed: 9 });
    await carryOutRun({ runId }, context());
    expect(await hashesOf(runId)).toEqual(await uninterruptedHashes(9));
  });
});

describe("an interrupted run", () => {
  it("is paused with its checkpoint, and produces the same archive after it resumes", async () => {
    const runId = await seedRun(database, { seed: 2 });
    let refresh: (() => Promise<void>) | undefined;
    const pausing = stopAfter(20, async () => {
      await database.transaction((transaction) => pauseRun(transaction, { runId }));
      await refresh?.();
    });
    await carryOutRun({ runId }, context({ classifier: pausing, onHeld: (_, lease) => (refresh = lease?.refresh) }));
    const paused = await readRun(runId);
    expect(paused).toMatchObject({ state: "PAUSED", control: "NONE", leaseToken: null });
    expect(paused.generation).toBeLessThan(12);
    await database.transaction((transaction) => resumeRun(transaction, { runId }));
    await carryOutRun({ runId }, context());
    expect(await states(runId)).toEqual(["QUEUED", "RUNNING", "PAUSED", "QUEUED", "RUNNING", "SUCCEEDED"]);
    expect(await hashesOf(runId)).toEqual(await uninterruptedHashes(2));
  });

  it("keeps its elites when it is cancelled", async () => {
    const runId = await seedRun(database);
    let refresh: (() => Promise<void>) | undefined;
    const cancelling = stopAfter(20, async () => {
      await database.transaction((transaction) => cancelRun(transaction, { runId }));
      await refresh?.();
    });
    await carryOutRun({ runId }, context({ classifier: cancelling, onHeld: (_, lease) => (refresh = lease?.refresh) }));
    expect(await readRun(runId)).toMatchObject({ state: "CANCELLED", control: "NONE" });
    expect(await database.connection.elite.count({ where: { runId, replacedAt: null } })).toBe(5);
  });

  it("is requeued when its worker stops, and produces the same archive", async () => {
    const runId = await seedRun(database, { seed: 3 });
    const stop = new AbortController();
    const enqueued: string[] = [];
    const queue = { enqueue: async (_: unknown, _name: string, data: object) => void enqueued.push((data as { runId: string }).runId) };
    await carryOutRun({ runId }, context({ classifier: stopAfter(17, () => stop.abort()), stop: stop.signal, queue }));
    expect(await readRun(runId)).toMatchObject({ state: "QUEUED", leaseToken: null });
    expect(enqueued).toEqual([runId]);
    await carryOutRun({ runId }, context());
    expect(await hashesOf(runId)).toEqual(await uninterruptedHashes(3));
  });

  it("is cancelled, and not requeued, if the request arrives while its stopping worker saves it", async () => {
    const runId = await seedRun(database);
    const stop = new AbortController();
    const cancelling = createLinearClassifier({
      input: classifier.input,
      classes: 5,
      // Each generation takes 4 calls, from 0. Without earlier checkpoints, call 8 scores the images of the only one.
      duringPredict: async (call) => {
        if (call === 7) stop.abort();
        else if (call === 8) await database.transaction((transaction) => cancelRun(transaction, { runId }));
      },
    });
    const enqueued: string[] = [];
    const queue = { enqueue: async (_: unknown, name: string) => void enqueued.push(name) };
    await carryOutRun({ runId }, context({ classifier: cancelling, stop: stop.signal, queue, checkpointSeconds: 60 }));
    expect(await states(runId)).toEqual(["QUEUED", "RUNNING", "CANCELLED"]);
    expect((await readRun(runId)).generation).toBe(1);
    expect(enqueued).toEqual([]);
  });

  it("writes nothing after another worker has claimed it", async () => {
    const runId = await seedRun(database, { seed: 4 });
    let stolenAt = -1;
    const stealing = stopAfter(20, async () => {
      // A checkpoint in progress may renew the lease once more, so retry until the claim succeeds.
      for (let claimed = null; claimed === null; ) {
        await database.connection.run.update({ where: { id: runId }, data: { leaseExpiresAt: new Date(0) } });
        await database.transaction(requeueExpiredRuns);
        claimed = await database.transaction((transaction) => claimRun(transaction, { runId, workerId: "other", leaseSeconds: 60 }));
      }
      stolenAt = (await readRun(runId)).generation;
    });
    await carryOutRun({ runId }, context({ classifier: stealing }));
    expect(await readRun(runId)).toMatchObject({ state: "RUNNING", workerId: "other", generation: stolenAt });
    expect(await database.connection.generation.count({ where: { runId } })).toBe(stolenAt + 1);
  });

  it("fails with a message if its model cannot be opened, and can be resumed", async () => {
    const runId = await seedRun(database);
    const openClassifier = async () => {
      throw new AppError("CORRUPT_DATA", "The weights are not those of this run.");
    };
    await carryOutRun({ runId }, context({ openClassifier }));
    expect(await readRun(runId)).toMatchObject({ state: "FAILED", failure: "The weights are not those of this run." });
    await database.transaction((transaction) => resumeRun(transaction, { runId }));
    await carryOutRun({ runId }, context());
    expect(await readRun(runId)).toMatchObject({ state: "SUCCEEDED", failure: null });
  });

  it("refuses to resume from an archive that differs from its checkpoint", async () => {
    const runId = await seedRun(database, { seed: 6 });
    const stop = new AbortController();
    await carryOutRun({ runId }, context({ classifier: stopAfter(17, () => stop.abort()), stop: stop.signal }));
    await database.connection.elite.updateMany({ where: { runId, niche: 2, replacedAt: null }, data: { fitness: 0.123 } });
    await carryOutRun({ runId }, context());
    expect(await readRun(runId)).toMatchObject({
      state: "FAILED",
      failure: expect.stringContaining("does not match its checkpoint"),
    });
  });

  it("retries when the object store fails, and refers to no missing object", async () => {
    const runId = await seedRun(database, { seed: 7 });
    let refusals = 0;
    const flaky: ObjectStore = {
      ...objectStore,
      async put(key, bytes, options) {
        if (refusals++ % 3 === 0) throw new AppError("UNAVAILABLE", "The store is away.");
        await objectStore.put(key, bytes, options);
      },
    };
    await carryOutRun({ runId }, context({ objectStore: flaky, checkpointSeconds: 60 }));
    expect(await readRun(runId)).toMatchObject({ state: "SUCCEEDED" });
    for (const { imageSha256 } of await database.connection.genome.findMany({ where: { runId } }))
      expect(await objectStore.has(imageKey(imageSha256))).toBe(true);
  });

  it("is claimed once, however many workers get its job", async () => {
    const runId = await seedRun(database, { seed: 8 });
    await Promise.all([1, 2, 3].map(() => carryOutRun({ runId }, context())));
    expect(await states(runId)).toEqual(["QUEUED", "RUNNING", "SUCCEEDED"]);
  });
});
