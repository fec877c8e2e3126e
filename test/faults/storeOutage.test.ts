/** Runs during an outage of the object store: they wait, give the reason, still obey users, and produce the same result as without it. */
import { setTimeout as sleep } from "node:timers/promises";
import { openQueue, type Queue } from "@pareidolia/jobs/queue";
import { proveSharedStore, type SharedStore } from "@pareidolia/persistence/lab/images/sharedStore";
import { requeueExpiredRuns } from "@pareidolia/persistence/lab/runs/expiredLeases";
import { cancelRun, pauseRun, resumeRun } from "@pareidolia/persistence/lab/runs/runControl";
import { type Database, openDatabase } from "@pareidolia/persistence/server/database/database";
import { imageKey, type ObjectStore } from "@pareidolia/persistence/server/objectStores/objectStore";
import { openS3Store } from "@pareidolia/persistence/server/objectStores/s3Store";
import type { HeldLease } from "@pareidolia/workers/heldLease";
import { resumeOnce } from "@pareidolia/workers/outageWatch";
import { carryOutRun } from "@pareidolia/workers/tasks/carryOutRun.task";
import { startWorker } from "@pareidolia/workers/worker";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { inFull } from "../support/extent/inFull.ts";
import { type Fault, type FaultProxy, startFaultProxy } from "../support/faultProxy.ts";
import { createLinearClassifier } from "../support/linearClassifier.ts";
import { type ContextOptions, evolveContext, seedRun } from "../support/runs.ts";
import type { S3Server } from "../support/s3/s3Server.ts";
import { freshBucket, startS3Server, withoutS3 } from "../support/s3/startS3Server.ts";
import { skippedFor } from "../support/skippedFor.ts";

const input = { width: 8, height: 8, channels: 1 } as const;
/** Short timeouts detect an outage soon; stores whose calls must succeed have the default timeouts. */
const shortTimeouts = { silenceSeconds: 1, callSeconds: 1 };
const storeTimeoutSeconds = 0.5;
const faults: readonly { readonly fault: Fault; readonly words: string; readonly reason: RegExp }[] = [
  { fault: "silent", words: "accepts connections and never answers", reason: /does not answer in time/ },
  { fault: "refuse", words: "refuses connections", reason: /No S3 server answers/ },
  { fault: "unavailable", words: "answers 503", reason: /HTTP 503/ },
];

let testDatabase: TestDatabase;
let database: Database;
let queue: Queue;
let server: S3Server;
let proxy: FaultProxy;
let objectStore: ObjectStore;
let sharedStore: SharedStore;
let directStore: ObjectStore;
let directSharedStore: SharedStore;
let bucket: string;

beforeAll(async () => {
  server = await startS3Server();
  proxy = await startFaultProxy(server.endpoint);
  bucket = freshBucket();
  objectStore = await openS3Store({ ...server, endpoint: proxy.endpoint, bucket, timeouts: shortTimeouts });
  testDatabase = await createTestDatabase();
  database = await openDatabase(testDatabase.url);
  queue = await openQueue({ url: testDatabase.url });
  sharedStore = await proveSharedStore(database.connection, objectStore);
  directStore = await openS3Store({ ...server, bucket });
  directSharedStore = await proveSharedStore(database.connection, directStore);
});
afterAll(async () => {
  await queue.close();
  await database.close();
  await testDatabase.drop();
  await proxy.close();
  await server.stop();
});
beforeEach(() => proxy.set("pass"));

const readRun = (id: string) => database.connection.run.findUniqueOrThrow({ where: { id } });
const act = (action: typeof pauseRun, runId: string) => database.transaction((transaction) => action(transaction, { runId }));
/** Sets the retry time of a run that an outage has paused to the past. */
const makeRetryDue = (id: string) => database.connection.run.updateMany({ where: { id }, data: { outageRetryAt: new Date(0) } });

/** A network that runs `during` in each of its calls. */
function classifierWith(during: (call: number) => Promise<void> | void = () => undefined) {
  return createLinearClassifier({ input, classes: 5, duringPredict: async (call) => during(call) });
}

const contextWith = (overrides: Partial<ContextOptions> = {}) =>
  evolveContext({ database, objectStore, sharedStore, classifier: classifierWith(), storeTimeoutSeconds, ...overrides });

/** Opens the store with timeouts that are longer than any test. */
async function openUntimedStore(): Promise<{ objectStore: ObjectStore; sharedStore: SharedStore }> {
  const untimed = await openS3Store({ ...server, endpoint: proxy.endpoint, bucket, timeouts: { silenceSeconds: 600, callSeconds: 600 } });
  return { objectStore: untimed, sharedStore: await proveSharedStore(database.connection, untimed) };
}

const directContext = (overrides: Partial<ContextOptions> = {}) =>
  contextWith({ objectStore: directStore, sharedStore: directSharedStore, ...overrides });

async function uninterruptedHash(seed: number): Promise<string | null> {
  const runId = await seedRun(database, { seed });
  await carryOutRun({ runId }, directContext({ checkpointSeconds: 60 }));
  return (await readRun(runId)).archiveHash;
}

/** Ends abandoned calls, and gives the clients time to notice. */
async function breakConnections(): Promise<void> {
  await proxy.set("refuse");
  await sleep(50);
  await proxy.set("pass");
}

/** Computes a run until an outage at its 20th batch of images has paused it. */
async function pauseByOutage(fault: Fault, seed: number): Promise<string> {
  const runId = await seedRun(database, { seed });
  const classifier = classifierWith(async (call) => {
    if (call === 20) await proxy.set(fault);
  });
  await carryOutRun({ runId }, contextWith({ classifier }));
  return runId;
}

describe("a run whose object store", skippedFor(withoutS3), () => {
  it.each(faults)("$words waits, gives the reason, and produces the same bytes once the store works again", async ({ fault, reason }) => {
    const runId = await pauseByOutage(fault, 31);
    const paused = await readRun(runId);
    expect(paused).toMatchObject({ state: "PAUSED", outage: expect.stringMatching(reason), failure: null, leaseToken: null, attempts: 0 });
    expect(paused.generation).toBeLessThan(12);

    await makeRetryDue(runId);
    expect(await resumeOnce({ database, queue, sharedStore })).toEqual([]);
    expect((await readRun(runId)).state).toBe("PAUSED");

    await proxy.set("pass");
    expect(await resumeOnce({ database, queue, sharedStore: directSharedStore })).toEqual([runId]);
    expect(await readRun(runId)).toMatchObject({ state: "QUEUED", outage: null });
    await carryOutRun({ runId }, directContext());
    expect(await readRun(runId)).toMatchObject({ state: "SUCCEEDED", archiveHash: await uninterruptedHash(31) });
    for (const { imageSha256 } of await database.connection.genome.findMany({ where: { runId } }))
      expect(await objectStore.has(imageKey(imageSha256))).toBe(true);
  });

  inFull("is unavailable waits longer after each failed attempt to store its results", async () => {
    const runId = await pauseByOutage("refuse", 32);
    const secondsToRetry = async () => {
      const [row] = await database.connection.$queryRaw<{ seconds: number }[]>`
        SELECT extract(epoch FROM outage_retry_at - now())::float8 AS seconds FROM runs WHERE id = ${runId}`;
      return row?.seconds ?? 0;
    };
    expect(await secondsToRetry()).toBeLessThan(6);
    await database.connection.$executeRaw`UPDATE runs SET outage_since = now() - interval '60 seconds' WHERE id = ${runId}`;
    await act(resumeRun, runId);
    await carryOutRun({ runId }, contextWith());
    expect((await readRun(runId)).state).toBe("PAUSED");
    expect(await secondsToRetry()).toBeGreaterThan(20);
  });

  inFull("is unavailable can be cancelled, and can be paused so that it no longer continues by itself", async () => {
    const [cancelled, paused] = [await pauseByOutage("silent", 33), await pauseByOutage("silent", 34)];
    await act(cancelRun, cancelled);
    expect(await readRun(cancelled)).toMatchObject({ state: "CANCELLED", outage: null });
    await act(pauseRun, paused);
    expect(await readRun(paused)).toMatchObject({ state: "PAUSED", outage: null });
    await expect(act(pauseRun, paused)).rejects.toMatchObject({ code: "CONFLICT" });
    await proxy.set("pass");
    await makeRetryDue(paused);
    expect(await resumeOnce({ database, queue, sharedStore })).toEqual([]);
    expect((await readRun(paused)).state).toBe("PAUSED");
  });

  inFull.each([
    { control: "cancelled", action: cancelRun, state: "CANCELLED" },
    { control: "paused", action: pauseRun, state: "PAUSED" },
  ])("never answers is $control immediately by a user, without waiting for the timeout", async ({ action, state }) => {
    const runId = await seedRun(database, { seed: 35 });
    const untimedStores = await openUntimedStore();
    let lease: HeldLease | null = null;
    const classifier = classifierWith(async (call) => {
      if (call !== 20) return;
      await proxy.set("silent");
      await act(action, runId);
      await lease?.refresh();
    });
    const context = contextWith({ classifier, ...untimedStores, onHeld: (_, held) => (lease = held ?? lease) });
    const ended = carryOutRun({ runId }, context).then(() => "ended");
    expect(await Promise.race([ended, sleep(20_000, "hangs", { ref: false })])).toBe("ended");
    expect(await readRun(runId)).toMatchObject({ state, outage: null, leaseToken: null });
    await breakConnections();
  });

  inFull("never answers loses its lease, even without a timeout, and is taken over by another worker", async () => {
    const runId = await seedRun(database, { seed: 36 });
    const untimedStores = await openUntimedStore();
    const classifier = classifierWith(async (call) => {
      if (call === 20) await proxy.set("silent");
    });
    let abandoned = 0;
    const context = contextWith({
      classifier,
      ...untimedStores,
      leaseSeconds: 1,
      stallSeconds: 1,
      onAbandoned: () => abandoned++,
    });
    const ended = carryOutRun({ runId }, context).then(() => "ended");
    expect(await Promise.race([ended, sleep(30_000, "hangs", { ref: false })])).toBe("ended");
    expect(abandoned).toBe(1);
    await expect.poll(() => database.transaction(requeueExpiredRuns), { timeout: 5_000 }).toContain(runId);
    expect((await readRun(runId)).state).toBe("QUEUED");
    await breakConnections();
    await carryOutRun({ runId }, directContext());
    expect(await readRun(runId)).toMatchObject({ state: "SUCCEEDED", archiveHash: await uninterruptedHash(36) });
  });

  inFull("is unavailable is requeued by a worker that stops", async () => {
    const runId = await seedRun(database, { seed: 37 });
    const stop = new AbortController();
    const enqueued: unknown[] = [];
    const classifier = classifierWith(async (call) => {
      if (call !== 20) return;
      await proxy.set("silent");
      stop.abort();
    });
    const remember = { enqueue: async (_: unknown, _name: string, data: object) => void enqueued.push(data) };
    await carryOutRun({ runId }, contextWith({ classifier, stop: stop.signal, queue: remember }));
    expect(await readRun(runId)).toMatchObject({ state: "QUEUED", outage: null });
    expect(enqueued).toEqual([{ runId }]);
  });
});

describe("a worker", skippedFor(withoutS3), () => {
  it("keeps running during an outage, and finishes every run by itself afterwards", { timeout: 240_000 }, async () => {
    const classifier = classifierWith(() => sleep(5));
    const worker = await startWorker({
      databaseUrl: testDatabase.url,
      objectStore,
      loadClassifier: async () => classifier,
      engine: "test",
      samplePhotos: false,
      cacheFolder: "",
      threads: 1,
      checkpointSeconds: 0.05,
      leaseSeconds: 10,
      storeTimeoutSeconds,
      log: { info() {}, warn() {}, error() {} },
    });
    try {
      const runIds = [await seedRun(database, { seed: 38, generations: 150 }, queue), await seedRun(database, { seed: 39 }, queue)];
      await expect.poll(async () => (await readRun(runIds[0] as string)).generation, { timeout: 60_000 }).toBeGreaterThan(2);
      await proxy.set("silent");
      for (const runId of runIds) await expect.poll(async () => (await readRun(runId)).outage, { timeout: 60_000 }).not.toBeNull();
      await proxy.set("pass");
      for (const runId of runIds) await expect.poll(async () => (await readRun(runId)).state, { timeout: 90_000 }).toBe("SUCCEEDED");
      expect((await readRun(runIds[1] as string)).archiveHash).toBe(await uninterruptedHash(39));
    } finally {
      await worker.close();
    }
  });
});
