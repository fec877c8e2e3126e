/** Queued runs: a worker starts the next run as soon as it is free. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { openQueue, type Queue } from "@pareidolia/jobs/queue";
import { type Database, openDatabase } from "@pareidolia/persistence/server/database/database";
import { openFolderStore } from "@pareidolia/persistence/server/objectStores/folderStore";
import { startWorker } from "@pareidolia/workers/worker";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";
import { createLinearClassifier } from "../../support/linearClassifier.ts";
import { seedRun } from "../../support/runs.ts";

let testDatabase: TestDatabase;
let database: Database;
let queue: Queue;
let folder: string;
beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = await openDatabase(testDatabase.url);
  queue = await openQueue({ url: testDatabase.url });
  folder = mkdtempSync(path.join(tmpdir(), "pareidolia-backlog-"));
});
afterAll(async () => {
  await queue.close();
  await database.close();
  await testDatabase.drop();
  rmSync(folder, { recursive: true });
});

const backlog = 6;
/** The interval in milliseconds at which the queue polls for jobs. */
const pollingInterval = 5000;

it("queued runs start one right after the other, without waiting for the queue to poll", async () => {
  const runIds: string[] = [];
  for (let seed = 1; seed <= backlog; seed++) runIds.push(await seedRun(database, { seed, generations: 3 }, queue));
  const silent = { info() {}, warn() {}, error() {} };
  const worker = await startWorker({
    databaseUrl: testDatabase.url,
    objectStore: openFolderStore({ folder }),
    loadClassifier: async () => createLinearClassifier({ input: { width: 8, height: 8, channels: 1 }, classes: 5 }),
    engine: "test",
    samplePhotos: false,
    cacheFolder: folder,
    threads: 1,
    checkpointSeconds: 1,
    leaseSeconds: 10,
    log: silent,
  });
  try {
    const left = () => database.connection.run.count({ where: { id: { in: runIds }, state: { not: "SUCCEEDED" } } });
    await expect.poll(left, { timeout: 90_000, interval: 20 }).toBe(0);
  } finally {
    await worker.close();
  }
  const runs = await database.connection.run.findMany({ where: { id: { in: runIds } }, orderBy: { startedAt: "asc" } });
  const idle = runs.slice(1).map(({ startedAt }, i) => (startedAt?.getTime() ?? Number.NaN) - (runs[i]?.endedAt?.getTime() ?? Number.NaN));
  process.stderr.write(`${backlog} runs; idle before each of the later ones: ${idle.join(", ")} ms\n`);
  for (const milliseconds of idle) expect(milliseconds).toBeLessThan(pollingInterval / 2);
});
