/** Lost model checks: they are enqueued again, or end in a refusal if their job has failed. */
import { openQueue, type Queue } from "@pareidolia/jobs/queue";
import { createModel } from "@pareidolia/persistence/lab/models/createModel";
import { labelSpaceOf } from "@pareidolia/persistence/lab/models/labelSpace";
import { type Database, openDatabase } from "@pareidolia/persistence/server/database/database";
import { localUserId, localWorkspaceId, seedLocalOwner } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { recoverOnce } from "@pareidolia/workers/recovery";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";

let testDatabase: TestDatabase;
let database: Database;
let queue: Queue;
let modelId: string;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = await openDatabase(testDatabase.url);
  queue = await openQueue({ url: testDatabase.url });
  await seedLocalOwner(database.connection);
});
afterAll(async () => {
  await queue.close();
  await database.close();
  await testDatabase.drop();
});

beforeEach(async () => {
  await database.connection.model.deleteMany();
  await database.connection.$executeRaw`DELETE FROM pareidolia_jobs.job`;
  const labels = ["0", "1"];
  const { id } = await database.transaction((transaction) =>
    createModel(transaction, {
      workspaceId: localWorkspaceId,
      createdById: localUserId,
      name: "Mine",
      description: "",
      licence: "",
      source: "Uploaded",
      file: { sha256: "0".repeat(64), byteLength: 1 },
      url: null,
      labels,
      labelSpace: labelSpaceOf(labels),
      preprocessing: { width: 8, height: 8, channels: 1, channelOrder: "RGB", layout: "NCHW", mean: [0], deviation: [1] },
      idempotencyKey: null,
    }),
  );
  modelId = id;
});

const cleanUp = () => recoverOnce({ database, queue, leaseSeconds: 10, onAlarm: () => undefined });
const jobs = () => database.connection.$queryRaw<{ state: string }[]>`SELECT state::text FROM pareidolia_jobs.job ORDER BY created_on`;
const enqueue = () => database.transaction(({ executor }) => queue.enqueue(executor, "checkModel", { modelId }));
const readModel = () => database.connection.model.findUniqueOrThrow({ where: { id: modelId } });

describe("a model's check", () => {
  it("whose job was lost is enqueued again, once", async () => {
    await cleanUp();
    await cleanUp();
    expect([await jobs(), (await readModel()).state]).toEqual([[{ state: "created" }], "CHECKING"]);
  });

  it.each(["created", "retry", "active"])("whose job is %s is left alone", async (state) => {
    await enqueue();
    await database.connection.$executeRaw`UPDATE pareidolia_jobs.job SET state = ${state}::pareidolia_jobs.job_state`;
    await cleanUp();
    expect([await jobs(), (await readModel()).state]).toEqual([[{ state }], "CHECKING"]);
  });

  it("whose job has failed ends with a refusal that says what to do", async () => {
    await enqueue();
    await database.connection.$executeRaw`UPDATE pareidolia_jobs.job SET state = 'failed'`;
    await cleanUp();
    expect(await readModel()).toMatchObject({ state: "REFUSED", refusal: expect.stringContaining("Check it again") });
    expect(await jobs()).toEqual([{ state: "failed" }]);
  });
});
