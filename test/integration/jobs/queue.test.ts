/** The queue: a job is committed with its row, delivered immediately, and waits at most once per key. */
import { openConsumer } from "@pareidolia/jobs/consumer";
import { openQueue, type Queue } from "@pareidolia/jobs/queue";
import { type Database, openDatabase } from "@pareidolia/persistence/server/database/database";
import { ResilientClient } from "@pareidolia/persistence/server/database/lostConnections";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";

let testDatabase: TestDatabase;
let database: Database;
let queue: Queue;
beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = await openDatabase(testDatabase.url);
  queue = await openQueue({ url: testDatabase.url });
});
afterAll(async () => {
  await queue.close();
  await database.close();
  await testDatabase.drop();
});

const enqueue = (runId: string) => database.transaction(({ executor }) => queue.enqueue(executor, "carryOutRun", { runId }));
const waiting = async () => {
  const rows = await database.connection.$queryRaw<{ runId: string }[]>`
    SELECT data->>'runId' AS "runId" FROM pareidolia_jobs.job WHERE name = 'carryOutRun' AND state < 'active' ORDER BY created_on`;
  return rows.map(({ runId }) => runId);
};

const sessions = async (): Promise<number> => {
  const rows = await database.connection.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'pareidolia-jobs'`;
  return rows[0]?.count ?? 0;
};

describe("the queue", () => {
  it("opens only connections of the given class, which survive their loss", async () => {
    let opened = 0;
    class CountedClient extends ResilientClient {
      constructor(config?: ConstructorParameters<typeof ResilientClient>[0]) {
        super(config);
        opened += 1;
      }
    }
    const before = await sessions();
    const own = await openQueue({ url: testDatabase.url, Client: CountedClient });
    expect(opened).toBeGreaterThan(0);
    expect((await sessions()) - before).toBe(opened);
    await own.close();
  });

  it("contains no job of a transaction that was rolled back", async () => {
    const failing = database.transaction(async ({ executor }) => {
      await queue.enqueue(executor, "carryOutRun", { runId: "rolled-back" });
      throw new Error("no");
    });
    await expect(failing).rejects.toThrow("no");
    expect(await waiting()).toEqual([]);
  });

  it("contains a job once, however often it is enqueued before a task takes it", async () => {
    await enqueue("twice");
    await enqueue("twice");
    await enqueue("other");
    expect(await waiting()).toEqual(["twice", "other"]);
  });

  it("delivers waiting and new jobs to their task, and is empty afterwards", async () => {
    const seen: string[] = [];
    let arrived: (() => void) | undefined;
    const tasks = {
      carryOutRun: async ({ runId }: { runId: string }) => {
        seen.push(runId);
        arrived?.();
      },
      analyse: async () => {},
      analyseInBackground: async () => {},
      checkModel: async () => {},
      sendEmail: async () => {},
      computeStudyResults: async () => {},
      makeRelease: async () => {},
      importFile: async () => {},
      makeExport: async () => {},
      writeBulkFile: async () => {},
      deleteDiscarded: async () => {},
    };
    const consumer = await openConsumer({ url: testDatabase.url, tasks });
    try {
      await expect.poll(() => seen.length, { timeout: 10_000 }).toBe(2);
      const latencies: number[] = [];
      for (let i = 0; i < 21; i++) {
        const taken = new Promise<void>((resolve) => {
          arrived = resolve;
        });
        const start = performance.now();
        await enqueue(`fresh-${i}`);
        await taken;
        latencies.push(performance.now() - start);
      }
      latencies.sort((a, b) => a - b);
      process.stderr.write(`enqueue to claim: p50 ${latencies[10]?.toFixed(1)} ms, longest ${latencies[20]?.toFixed(1)} ms\n`);
      expect(seen).toHaveLength(23);
    } finally {
      await consumer.close();
    }
    expect(await waiting()).toEqual([]);
  });
});
