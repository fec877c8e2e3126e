/** Processes that do not share one object store detect it before they store or lose anything. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { adoptStore, proveSharedStore } from "@pareidolia/persistence/lab/images/sharedStore";
import { type Database, openDatabase } from "@pareidolia/persistence/server/database/database";
import { openFolderStore } from "@pareidolia/persistence/server/objectStores/folderStore";
import type { ObjectStore } from "@pareidolia/persistence/server/objectStores/objectStore";
import { carryOutRun } from "@pareidolia/workers/tasks/carryOutRun.task";
import { startWorker } from "@pareidolia/workers/worker";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";
import { createLinearClassifier } from "../../support/linearClassifier.ts";
import { evolveContext, seedRun } from "../../support/runs.ts";

let testDatabase: TestDatabase;
let database: Database;
let folder: string;
const classifier = createLinearClassifier({ input: { width: 8, height: 8, channels: 1 }, classes: 5 });
const openStore = (name: string): ObjectStore => openFolderStore({ folder: path.join(folder, name) });
const prove = (name: string) => proveSharedStore(database.connection, openStore(name));
const readRun = (id: string) => database.connection.run.findUniqueOrThrow({ where: { id } });

beforeEach(async () => {
  testDatabase = await createTestDatabase();
  database = await openDatabase(testDatabase.url);
  folder = await mkdtemp(path.join(tmpdir(), "pareidolia-shared-"));
});
afterEach(async () => {
  await database.close();
  await testDatabase.drop();
  await rm(folder, { recursive: true });
});

const workerWith = (objectStore: ObjectStore) =>
  startWorker({
    databaseUrl: testDatabase.url,
    objectStore,
    loadClassifier: async () => classifier,
    engine: "test",
    samplePhotos: false,
    cacheFolder: folder,
    threads: 1,
    checkpointSeconds: 1,
    leaseSeconds: 10,
    log: { info() {}, warn() {}, error() {} },
  });

describe("processes on one database", () => {
  it("can share a store, even if many of them start at once", async () => {
    await Promise.all(Array.from({ length: 6 }, () => prove("objects")));
    await (await prove("objects")).check();
    const worker = await workerWith(openStore("objects"));
    expect(await database.connection.worker.count({ where: { stoppedAt: null } })).toBe(1);
    await worker.close();
  });

  it("refuse to start with another store, and say what to do", async () => {
    await prove("objects");
    const refusal = { code: "UNAVAILABLE", message: expect.stringMatching(/not the object store of this installation.*PAREIDOLIA_HOME/) };
    await expect(prove("elsewhere")).rejects.toMatchObject(refusal);
    await expect(workerWith(openStore("elsewhere"))).rejects.toMatchObject(refusal);
    expect(await database.connection.worker.count()).toBe(0);
    await prove("objects");
  });

  it("refuse a store without a marker that lacks every known image", async () => {
    const runId = await seedRun(database);
    await carryOutRun({ runId }, evolveContext({ database, objectStore: openStore("objects"), classifier }));
    expect((await readRun(runId)).state).toBe("SUCCEEDED");
    await expect(prove("elsewhere")).rejects.toMatchObject({ code: "UNAVAILABLE" });
    await prove("objects");
  });

  it("accept another store once it is adopted, for example after a move", async () => {
    await prove("objects");
    await adoptStore(database.connection, openStore("elsewhere"));
    await prove("elsewhere");
    await expect(prove("objects")).rejects.toMatchObject({ code: "UNAVAILABLE" });
  });
});

describe("a run on a worker whose store is no longer the shared store", () => {
  it("stores nothing there, is paused with the reason, and succeeds on a worker with the right store", async () => {
    const sharedStore = await prove("objects");
    const runId = await seedRun(database);
    // Simulates a volume that is not mounted: the same process, another folder.
    const wrong = openStore("elsewhere");
    const lost = { ...sharedStore, checkMarker: async () => void (await proveSharedStore(database.connection, wrong)) };
    await carryOutRun({ runId }, evolveContext({ database, objectStore: wrong, sharedStore: lost, classifier, storeTimeoutSeconds: 0.1 }));
    expect(await readRun(runId)).toMatchObject({
      state: "PAUSED",
      outage: expect.stringContaining("not the object store of this installation"),
      generation: -1,
    });
    expect(await database.connection.image.count()).toBe(0);
    await database.connection.run.update({ where: { id: runId }, data: { state: "QUEUED", outage: null } });
    await carryOutRun({ runId }, evolveContext({ database, objectStore: openStore("objects"), sharedStore, classifier }));
    expect((await readRun(runId)).state).toBe("SUCCEEDED");
  });

  it("detects at its first checkpoint that the store was replaced after the run started", async () => {
    const objectStore = openStore("objects");
    const sharedStore = await proveSharedStore(database.connection, objectStore);
    const replacing = createLinearClassifier({
      input: classifier.input,
      classes: 5,
      duringPredict: async (call) => {
        if (call === 1) await rm(path.join(folder, "objects"), { recursive: true });
      },
    });
    const runId = await seedRun(database);
    await carryOutRun({ runId }, evolveContext({ database, objectStore, sharedStore, classifier: replacing, storeTimeoutSeconds: 0.1 }));
    expect(await readRun(runId)).toMatchObject({
      state: "PAUSED",
      outage: expect.stringContaining("not the object store of this installation"),
      generation: -1,
    });
    expect(await database.connection.image.count()).toBe(0);
  });
});
