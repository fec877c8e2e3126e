/** What operations cost: the balance in responses, refusals, and processes that share a bucket. */
import { randomUUID } from "node:crypto";
import { startBulkQueries } from "@pareidolia/api/bulkQuery/answerBulkQueries";
import { limits } from "@pareidolia/api/limits/limits";
import { measureOperation } from "@pareidolia/api/limits/measureOperation";
import { createSchema } from "@pareidolia/api/schema";
import type { Actor } from "@pareidolia/core/actor";
import { localUserId, localWorkspaceId, seedLocalOwner } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { parse } from "graphql";
import { afterEach, expect, it } from "vitest";
import { createStranger, stranger } from "../../support/actors.ts";
import { startTestApi, type TestApi, type TestApiOptions } from "../../support/api.ts";
import { openEventStream } from "../../support/eventStream.ts";
import { bulkRowId, openProductBulk } from "../../support/productBulk.ts";
import { openRawSocket } from "../../support/rawSocket.ts";
import { members, startTrackingApi } from "../../support/trackingApi.ts";

/** Drains so slowly that no cost is restored during a test. */
const costLimit = { limit: limits.cost, drainPerSecond: 1 };
const opened: TestApi[] = [];

async function start(options: TestApiOptions = { costLimit }): Promise<TestApi> {
  const api = await startTestApi(options);
  opened.push(api);
  return api;
}

afterEach(async () => {
  for (const api of opened.splice(0).toReversed()) await api.close();
});

/** Its cost is a little more than 1,000 for each row. */
const costly = (first: number): string =>
  `{ experiments(first: ${first}) { nodes { ${["a", "b", "c", "d"].map((name) => `${name}: runs(first: 1) { nodes { id } }`).join(" ")} } } }`;

it("a response has the cost and the balance of its sender, in the body and in headers", async () => {
  const api = await start();
  await seedLocalOwner(api.database.connection);
  const first = await api.query("{ rateLimit { cost limit remaining drainPerSecond resetAt } }");
  const { cost, limit, remaining } = first.body.data.rateLimit;
  expect({ limit, remaining }).toEqual({ limit: costLimit.limit, remaining: costLimit.limit - cost });
  expect(first.extensions.cost).toMatchObject({ cost, limit, remaining });
  const second = await fetch(`${api.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query: "{ rateLimit { cost remaining } }" }),
  });
  expect(Number(second.headers.get("ratelimit-remaining"))).toBeLessThan(remaining);
  expect(second.headers.get("ratelimit-limit")).toBe(String(limit));
  expect(second.headers.get("retry-after")).toBeNull();
});

it("without a limit, a response has its cost only", async () => {
  const api = await start({});
  await seedLocalOwner(api.database.connection);
  const { body, extensions } = await api.query("{ rateLimit { cost limit remaining resetAt } }");
  expect(body.data.rateLimit).toEqual({ cost: expect.any(Number), limit: null, remaining: null, resetAt: null });
  expect(extensions).toEqual({ cost: { cost: body.data.rateLimit.cost } });
});

it("an operation that no longer fits is refused with the seconds to wait and a length that fits", async () => {
  const api = await start();
  await seedLocalOwner(api.database.connection);
  await createStranger(api.database);
  const accepted = await api.query(costly(60));
  expect(accepted.body.data.experiments.nodes).toEqual([]);
  const { remaining } = accepted.extensions.cost;
  const refused = await api.query(costly(60));
  expect(refused.status).toBe(429);
  const [{ message, extensions }] = refused.body.errors;
  expect(extensions).toMatchObject({ code: "RATE_LIMITED", details: { remaining, costliest: { path: "experiments" } } });
  expect(message).toContain(`Try again in ${extensions.details.retryAfter} s`);
  const { first } = extensions.details.costliest;
  expect((await api.query(costly(first + 1))).status).toBe(429);
  expect((await api.query(costly(first))).body.data.experiments.nodes).toEqual([]);
  expect((await api.query(costly(60), {}, stranger)).status).toBe(200);
});

it("two processes share a user's bucket", async () => {
  const one = await start();
  await seedLocalOwner(one.database.connection);
  const two = await start({ costLimit, beside: one });
  const spent = await one.query(costly(60));
  const refused = await two.query(costly(60));
  expect(refused.status).toBe(429);
  expect(refused.extensions.cost.remaining).toBe(spent.extensions.cost.remaining);
});

it("requests at the same time cannot exceed the limit together", async () => {
  const api = await start();
  await seedLocalOwner(api.database.connection);
  const answers = await Promise.all(Array.from({ length: 12 }, () => api.query(costly(20))));
  const accepted = answers.filter(({ status }) => status === 200);
  const [{ cost }] = accepted.map(({ extensions }) => extensions.cost) as [
    Awaited<ReturnType<TestApi["query"]>>["extensions"]["cost"],
    ...unknown[],
  ];
  expect(accepted).toHaveLength(Math.floor(costLimit.limit / cost));
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(12 - accepted.length);
});

it("each event of a subscription is charged, and waits rather than use more than half of the limit", { timeout: 120_000 }, async () => {
  const query = "subscription { workspaceChanges { seq everything runIds experimentIds sweepIds } }";
  const { cost } = measureOperation(await createSchema(), { document: parse(query), operationName: null, variables: {} });
  const api = await start({ costLimit: { limit: 8 * cost, drainPerSecond: 0.001 } });
  await seedLocalOwner(api.database.connection);
  let number = 0;
  const change = async (): Promise<void> => {
    number += 1;
    await api.database.connection.$executeRaw`
      INSERT INTO experiments (id, workspace_id, created_by_id, number, name, updated_at)
      VALUES (${randomUUID()}, ${localWorkspaceId}, ${localUserId}, ${number}, 'Written', now())`;
  };
  const remaining = async () => (await api.query("{ __typename }")).extensions.cost.remaining;
  const stream = await openEventStream(api.url, { query });
  try {
    await stream.next(0);
    expect(await remaining()).toBe(7 * cost);
    for (let event = 1; event <= 4; event++) {
      await change();
      await stream.next(event);
    }
    // The fifth event uses more than half of the limit, so the sixth waits for a minute.
    await expect.poll(remaining, { timeout: 60_000 }).toBe(3 * cost);
    await change();
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    expect(stream.events).toHaveLength(5);
    expect(await remaining()).toBe(3 * cost);
  } finally {
    stream.cut();
  }
});

it("a bulk query that waits in the middle of a row lets others run, even where several wait", { timeout: 150_000 }, async () => {
  const api = await startTrackingApi(1);
  opened.push(api);
  const { connection } = api.database;
  const run = await connection.run.findFirstOrThrow();
  const row = { workspaceId: localWorkspaceId, authorId: localUserId, runId: run.id, body: "Yes" };
  await connection.comment.createMany({ data: Array.from({ length: 130 }, (_, i) => ({ ...row, id: `comment_${i}` })) });
  const bulk = await openProductBulk(api);
  const begin = async (query: string, actor: Actor) =>
    (await bulk.change("startBulkQuery", { query, format: "JSONL" }, actor)).bulkQuery.id as string;
  let charged = 0;
  const costBuckets = {
    async charge(actor: Actor) {
      const isOwner = actor.userId === localUserId;
      if (isOwner) charged += 1;
      return { limit: 1_000, drainPerSecond: 0.001, resetAt: new Date(), remaining: isOwner ? 100 : 900, accepted: true };
    },
  };
  // The run has more comments than fit a page, so the second page belongs to the middle of its row.
  for (let i = 0; i < 3; i++) await begin("{ runs { nodes { id comments { nodes { body } } } } }", members.owner);
  const end = startBulkQueries({ ...bulk.context, costBuckets });
  try {
    await expect.poll(() => charged, { timeout: 60_000 }).toBe(3);
    const id = await begin("{ tags { nodes { name } } }", members.ada);
    const find = () => connection.bulkQuery.findUniqueOrThrow({ where: { id: bulkRowId(id) } });
    await expect.poll(async () => (await find()).answeredAt, { timeout: 60_000 }).not.toBeNull();
    expect(await connection.bulkQuery.count({ where: { state: "RUNNING", answeredAt: null } })).toBe(3);
  } finally {
    await end();
  }
  expect(await connection.bulkQuery.count({ where: { state: "QUEUED" } })).toBe(3);
});

it("an operation on a WebSocket is charged to the same bucket", async () => {
  const api = await start();
  await seedLocalOwner(api.database.connection);
  await api.query(costly(60));
  const socket = await openRawSocket(api.url);
  socket.subscribe("1", costly(60));
  const { type, payload } = await socket.answer("1");
  expect(type).toBe("error");
  expect(payload).toMatchObject([{ extensions: { code: "RATE_LIMITED" } }]);
  await socket.close();
});

it("a dry run measures an operation without executing it", async () => {
  const api = await start({});
  await seedLocalOwner(api.database.connection);
  const ask = (query: string, variables: object = {}) =>
    api.query(
      "query($query: String!, $variables: QueryVariables) { queryCost(query: $query, variables: $variables) { cost maximum depth aliases costliest { path first } } }",
      { query, variables },
    );
  const { queryCost } = (await ask(costly(60))).body.data;
  expect(queryCost).toMatchObject({ maximum: limits.cost, depth: 5, aliases: 4, costliest: { path: "experiments" } });
  expect(queryCost.cost).toBe((await api.query(costly(60))).extensions.cost.cost);
  const withVariable = "query($n: Int) { experiments(first: $n) { nodes { id } } }";
  const [few, many] = [await ask(withVariable, { n: 1 }), await ask(withVariable, { n: 100 })];
  expect(many.body.data.queryCost.cost).toBeGreaterThan(few.body.data.queryCost.cost);
  const tooMany = Array.from({ length: 3 }, (_, i) => `a${i}: experiments(first: 100) { nodes { runs(first: 100) { nodes { id } } } }`);
  expect((await ask(`{ ${tooMany.join(" ")} }`)).body.data.queryCost.cost).toBeGreaterThan(limits.cost);
  for (const wrong of ["{ nothing }", "{", "fragment a on Run { id }"])
    expect((await ask(wrong)).body.errors[0].extensions.code).toBe("INVALID_INPUT");
  const mutation = 'mutation { createExperiment(input: { name: "Never", idempotencyKey: "k" }) { __typename } }';
  expect((await ask(mutation)).body.data.queryCost.cost).toBeGreaterThan(0);
  expect((await api.query("{ experiments { totalCount } }")).body.data.experiments.totalCount).toBe(0);
});
