/** What clients of the API notice when Postgres is lost during a request, and that they recover without any action. */
import { appendRunEvent } from "@pareidolia/persistence/lab/runs/runEvents";
import { createClient } from "graphql-ws";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { startTestApi, type TestApi } from "../../support/api.ts";
import { type DatabaseProxy, startDatabaseProxy } from "../../support/databaseProxy.ts";
import { withClient } from "../../support/postgresServer.ts";
import { seedRun } from "../../support/runs.ts";

let api: TestApi;
let proxy: DatabaseProxy;
let direct: string;
let runId: string;

beforeAll(async () => {
  api = await startTestApi({
    reachDatabase: async (url) => {
      direct = url;
      proxy = await startDatabaseProxy(url);
      return proxy.url;
    },
  });
  runId = await seedRun(api.database);
});
afterAll(async () => {
  await api.close();
  await proxy.close();
});

const list = "{ runs { nodes { key } } }";
const create = `mutation ($name: String!) { createExperiment(input: { name: $name }) { __typename } }`;
const unavailable = { code: "UNAVAILABLE", message: "The database is unavailable. Try again in a few seconds." };

function follow(since: number) {
  const client = createClient({ url: `${api.url.replace("http", "ws")}/graphql`, webSocketImpl: WebSocket, retryAttempts: 0 });
  const events = client.iterate<{ runEvents: { seq: number } }>({
    query: `subscription { runEvents(runId: "RUN-1", since: ${since}) { seq } }`,
  });
  const received: number[] = [];
  const ended = (async () => {
    for await (const { data } of events) if (data != null) received.push(data.runEvents.seq);
  })();
  return {
    received,
    async close() {
      await events.return?.();
      await client.dispose();
      await ended;
    },
  };
}

const appendEvent = () =>
  api.database.transaction(({ connection }) =>
    appendRunEvent(connection, runId, { kind: "STATE", payload: { from: "QUEUED", to: "QUEUED", reason: "Test." } }),
  );
const readSeq = async () => (await api.database.connection.run.findUniqueOrThrow({ where: { id: runId } })).eventSeq;

describe("a lost database", () => {
  it("turns running requests into a 503 that says so, changes nothing, and needs no restart", async () => {
    const under = await withClient(direct, async (blocker) => {
      await blocker.query("BEGIN");
      await blocker.query("LOCK TABLE experiments IN ACCESS EXCLUSIVE MODE");
      const waiting = [api.query(create, { name: "Half-made" }), api.query("{ experiments { totalCount } }")];
      const blocked = () => blocker.query<{ count: number }>("SELECT count(*)::int FROM pg_locks WHERE NOT granted");
      await expect.poll(async () => (await blocked()).rows[0]?.count, { timeout: 10_000 }).toBeGreaterThanOrEqual(2);
      await proxy.cut();
      return Promise.all(waiting);
    });
    const after = [await api.query(list), await api.query(create, { name: "Too late" })];
    for (const { status, body, text } of [...under, ...after]) {
      expect({ status, code: body.errors[0].extensions.code, message: body.errors[0].message }).toEqual({ status: 503, ...unavailable });
      expect(text).not.toMatch(/prisma|stack|ECONN|127\.0\.0\.1/i);
    }
    const image = await fetch(`${api.url}/images/${"0".repeat(64)}.png`);
    expect({ status: image.status, body: await image.json() }).toEqual({
      status: 503,
      body: { errors: [{ message: unavailable.message, extensions: { code: unavailable.code } }] },
    });
    expect((await fetch(`${api.url}/healthz`)).status).toBe(200);
    expect(await (await fetch(`${api.url}/readyz`)).json()).toMatchObject({ status: "unavailable", database: false, objectStore: true });

    await proxy.restore();
    await expect.poll(async () => (await api.query(list)).status, { timeout: 15_000 }).toBe(200);
    expect((await fetch(`${api.url}/readyz`)).status).toBe(200);
    const { body } = await api.query("{ experiments { nodes { name } } }");
    expect(body.data.experiments.nodes.map(({ name }: { name: string }) => name)).toEqual(["Test"]);
    expect((await api.query(create, { name: "Again" })).body.data.createExperiment.__typename).toBe("CreateExperimentSuccess");
  });

  it("leaves a subscription open, which then delivers the events that it missed", async () => {
    const begin = await readSeq();
    const subscription = follow(begin);
    await appendEvent();
    await expect.poll(() => subscription.received.length, { timeout: 10_000 }).toBe(1);
    await proxy.cut();
    await withClient(direct, async (client) => {
      for (let i = 0; i < 5; i++)
        await client.query(
          `WITH run AS (UPDATE runs SET event_seq = event_seq + 1 WHERE id = $1 RETURNING event_seq)
           INSERT INTO run_events (run_id, seq, kind, payload) SELECT $1, event_seq, 'STATE', '{"to":"QUEUED"}' FROM run`,
          [runId],
        );
    });
    expect(subscription.received).toHaveLength(1);
    await proxy.restore();
    await expect.poll(() => subscription.received.length, { timeout: 15_000 }).toBe(6);
    expect(subscription.received).toEqual([1, 2, 3, 4, 5, 6].map((i) => begin + i));
    await subscription.close();
  });
});

describe("a subscription whose LISTEN connection is killed", () => {
  it("delivers each event exactly once, even if the connection is killed repeatedly", async () => {
    const begin = await readSeq();
    const subscription = follow(begin);
    const events = 120;
    let killed = 0;
    await withClient(direct, async (killer) => {
      for (let i = 1; i <= events; i++) {
        if (i % 15 === 0) {
          const { rowCount } = await killer.query(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN %'",
          );
          killed += rowCount ?? 0;
        }
        await appendEvent();
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    });
    await expect.poll(() => subscription.received.length, { timeout: 15_000 }).toBe(events);
    expect(subscription.received).toEqual(Array.from({ length: events }, (_, i) => begin + 1 + i));
    expect(killed).toBeGreaterThanOrEqual(4);
    await subscription.close();
  });
});
