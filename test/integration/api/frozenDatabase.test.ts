/** A database that does not respond, or responds too slowly: requests still get an answer, and the API recovers with the database. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestApi, type TestApi } from "../../support/api.ts";
import { type DatabaseProxy, startDatabaseProxy } from "../../support/databaseProxy.ts";
import { withClient } from "../../support/postgresServer.ts";
import { seedRun } from "../../support/runs.ts";

let api: TestApi;
let proxy: DatabaseProxy;
let direct: string;

beforeAll(async () => {
  api = await startTestApi({
    answerWithinSeconds: 1.5,
    reachDatabase: async (url) => {
      direct = url;
      proxy = await startDatabaseProxy(url);
      return proxy.url;
    },
  });
  await seedRun(api.database);
});
afterAll(async () => {
  await api.close();
  await proxy.close();
});

const list = "{ experiments { totalCount } }";
const create = `mutation ($name: String!) { createExperiment(input: { name: $name }) { __typename } }`;
const count = async () => (await api.query(list)).body.data.experiments.totalCount;

async function expectUnavailable(response: Promise<Awaited<ReturnType<TestApi["query"]>>>, message: string): Promise<void> {
  const { status, body, text } = await response;
  expect(status, text).toBe(503);
  expect(body.errors[0]).toMatchObject({ message, extensions: { code: "UNAVAILABLE" } });
}
const unavailable = "The database is unavailable. Try again in a few seconds.";
const locked = "Another change to the same data is being saved. Try again in a few seconds.";

describe("an unresponsive database", () => {
  it("makes reads and writes fail within the timeout, and serves requests again once it responds", async () => {
    expect(await count()).toBe(1);
    proxy.freeze();
    try {
      await Promise.all([
        expectUnavailable(api.query(list), unavailable),
        expectUnavailable(api.query(create, { name: "Frozen" }), unavailable),
      ]);
    } finally {
      proxy.thaw();
    }
    await expect.poll(async () => (await api.query(list)).status, { timeout: 20_000 }).toBe(200);
    expect((await api.query(create, { name: "Thawed" })).body.data.createExperiment.__typename).toBe("CreateExperimentSuccess");
  });

  it("cancels a statement that waits too long for a lock, and writes nothing", async () => {
    const before = await count();
    await withClient(direct, async (blocker) => {
      await blocker.query("BEGIN");
      await blocker.query("LOCK TABLE experiments IN ACCESS EXCLUSIVE MODE");
      await Promise.all([expectUnavailable(api.query(list), locked), expectUnavailable(api.query(create, { name: "Blocked" }), locked)]);
    });
    expect(await count()).toBe(before);
  });
});
