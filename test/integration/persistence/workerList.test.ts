/** The list of workers, by the time since their last heartbeat. */

import { listWorkers } from "@pareidolia/persistence/lab/workers/readWorkers";
import { registerWorker, reportWorkerAlive, reportWorkerStopped } from "@pareidolia/persistence/lab/workers/reportWorker";
import { type Database, openDatabase } from "@pareidolia/persistence/server/database/database";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";

let testDatabase: TestDatabase;
let database: Database;
beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = await openDatabase(testDatabase.url);
});
afterAll(async () => {
  await database.close();
  await testDatabase.drop();
});

it("a killed worker is listed as lost for one minute, and as alive once it reports again", async () => {
  const { connection } = database;
  const silentSeconds = { killed: 120, lost: 30, alive: 3, stopped: 3 };
  for (const [id, seconds] of Object.entries(silentSeconds)) {
    await registerWorker(connection, { id, host: "vm", processId: 1, engine: "test" });
    if (id === "stopped") await reportWorkerStopped(connection, id);
    await connection.$executeRaw`UPDATE workers SET heartbeat_at = now() - ${seconds} * interval '1 second' WHERE id = ${id}`;
  }
  const list = async () => Object.fromEntries((await listWorkers(connection)).map(({ id, alive }) => [id, alive]));
  expect(await list()).toEqual({ lost: false, alive: true });
  await reportWorkerAlive(connection, "killed");
  expect(await list()).toEqual({ killed: true, lost: false, alive: true });
});
