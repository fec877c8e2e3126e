/** What clients see of clean-ups: their results, and logs of ended runs whose old events were removed. */
import { cleanUps } from "@pareidolia/persistence/cleanUps/registry";
import { runCleanUps } from "@pareidolia/persistence/cleanUps/runCleanUps";
import { carryOutRun } from "@pareidolia/workers/tasks/carryOutRun.task";
import { createClient } from "graphql-ws";
import { afterAll, beforeAll, expect, it } from "vitest";
import { WebSocket } from "ws";
import { startTestApi, type TestApi } from "../../support/api.ts";
import { createLinearClassifier } from "../../support/linearClassifier.ts";
import { evolveContext, seedRun } from "../../support/runs.ts";

let api: TestApi;
let runId: string;

beforeAll(async () => {
  api = await startTestApi();
  runId = await seedRun(api.database);
  const classifier = createLinearClassifier({ input: { width: 8, height: 8, channels: 1 }, classes: 5 });
  await carryOutRun({ runId }, evolveContext({ database: api.database, objectStore: api.objectStore, classifier }));
});
afterAll(() => api.close());

const cleanUp = () =>
  runCleanUps({
    url: api.databaseUrl,
    database: api.database,
    objectStore: api.objectStore,
    cleanUps,
    dryRun: false,
    signal: new AbortController().signal,
    onFailure: (_kind, error) => {
      throw error;
    },
  });

it("the results of each kind of clean-up are listed by title, and none before the first clean-up", async () => {
  const query = "{ cleanUps { kind title graceSeconds cleanedAt failure removedCount removedBytes removedAt waitingCount waitingBytes } }";
  expect((await api.query(query)).body.data.cleanUps).toEqual([]);
  await api.database.connection.$executeRaw`
    INSERT INTO images (sha256, width, height, channels, byte_length, created_at)
    VALUES (${"f".repeat(64)}, 8, 8, 1, 1, now() - interval '2 days'), (${"e".repeat(64)}, 8, 8, 1, 1, now())`;
  await cleanUp();
  const { body } = await api.query(query);
  expect(body.errors).toBeUndefined();
  const titles = body.data.cleanUps.map(({ title }: { title: string }) => title);
  expect(titles).toEqual(cleanUps.map(({ title }) => title).sort());
  expect(body.data.cleanUps.find(({ kind }: { kind: string }) => kind === "images")).toEqual({
    kind: "images",
    title: "Images without a reference",
    graceSeconds: 86_400,
    cleanedAt: expect.any(String),
    failure: null,
    removedCount: 1,
    removedBytes: expect.any(Number),
    removedAt: expect.any(String),
    waitingCount: 1,
    waitingBytes: expect.any(Number),
  });
});

it("a log whose old events were removed can still be paged, and followed from after the last removed one", async () => {
  const { connection } = api.database;
  await connection.$executeRaw`
    INSERT INTO run_events (run_id, seq, kind, payload)
    SELECT ${runId}, 100 + n, 'CHECKPOINT', '{"from": 1, "to": 2, "eliteIds": []}' FROM generate_series(1, 9) n`;
  await connection.$executeRaw`
    INSERT INTO run_events (run_id, seq, kind, payload) VALUES (${runId}, 110, 'STATE', '{"from": "RUNNING", "to": "SUCCEEDED", "reason": "Done"}')`;
  const { savedAt } = (await api.query('{ node(id: "RUN-1") { ... on Run { savedAt } } }')).body.data.node;
  await connection.$executeRaw`UPDATE runs SET ended_at = now() - interval '31 days', event_seq = 110 WHERE id = ${runId}`;
  await cleanUp();
  const left = (await connection.runEvent.findMany({ where: { runId }, orderBy: { seq: "asc" } })).map(({ seq }) => seq);
  expect(left.slice(-2)).toEqual([109, 110]);
  expect(left.length).toBeLessThan(8);

  const { body } = await api.query(`{ node(id: "RUN-1") { ... on Run { savedAt events(first: 50) { totalCount nodes { seq kind } } } } }`);
  expect(body.errors).toBeUndefined();
  expect(body.data.node.savedAt).toBe(savedAt);
  expect(body.data.node.events.totalCount).toBe(left.length);
  expect(body.data.node.events.nodes.map(({ seq }: { seq: number }) => seq)).toEqual(left);

  const client = createClient({ url: `${api.url.replace("http", "ws")}/graphql`, webSocketImpl: WebSocket, retryAttempts: 0 });
  const follow = async (since: number) => {
    const received: number[] = [];
    const refusals: unknown[] = [];
    const events = client.iterate<{ runEvents: { seq: number } }>({
      query: `subscription { runEvents(runId: "RUN-1", since: ${since}) { seq statistics { generation } elites { id } } }`,
    });
    for await (const { data, errors } of events) {
      if (data != null) received.push(data.runEvents.seq);
      refusals.push(...(errors ?? []).map(({ extensions }) => extensions?.["field"]));
    }
    return { received, refusals };
  };
  for (const since of [108, 109, 110]) expect(await follow(since)).toEqual({ received: left.filter((seq) => seq > since), refusals: [] });
  // A follower would miss events without noticing.
  for (const since of [0, 50, 105]) expect(await follow(since)).toEqual({ received: [], refusals: ["since"] });
  await client.dispose();
});
