/** One sender's operations hold up no other sender, and cost what their lists really have. */
import { operationTurns } from "@pareidolia/api/limits/operationTurns";
import { seedModels } from "@pareidolia/persistence/lab/models/zooModels";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type AccountsApi, startAccountsApi } from "../../support/accounts.ts";
import { whileLocked } from "../../support/postgresServer.ts";
import { testModel } from "../../support/runs.ts";

const costLimit = { limit: 60_000, drainPerSecond: 1 };
/** As many of one sender as the server's, which leaves connections to the database to others. */
const turns = { atOnce: 12, atOnceOfSender: operationTurns.atOnceOfSender, waitingOfSender: 6, waiting: 20 };
const maxOfSender = turns.atOnceOfSender + turns.waitingOfSender;
let api: AccountsApi;
beforeEach(async () => {
  api = await startAccountsApi({ costLimit, turns });
});
afterEach(() => api.close());

const send = async (cookie: string, query: string, signal: AbortSignal | null = null): Promise<number> => {
  const headers = { "content-type": "application/json", origin: "http://127.0.0.1:3000", cookie };
  const response = await fetch(`${api.url}/graphql`, { method: "POST", headers, body: JSON.stringify({ query }), signal });
  await response.text();
  return response.status;
};
const slow = "{ experiments(first: 1) { nodes { id } } }";
const quick = "{ rateLimit { cost } }";

it("answers another sender while one has more operations in progress than the server runs, and refuses those that are too many", async () => {
  const grace = await api.createMember("grace", "VIEWER");
  const flood: Promise<number>[] = [];
  await whileLocked(api.databaseUrl, "experiments", async () => {
    for (let i = 0; i < maxOfSender + 5; i++) flood.push(send(api.owner.cookie, slow));
    const refused = await Promise.race(flood);
    expect(refused).toBe(429);
    for (let i = 0; i < 5; i++) expect(await send(grace.cookie, quick)).toBe(200);
  });
  const statuses = await Promise.all(flood);
  expect(statuses.filter((status) => status === 200)).toHaveLength(maxOfSender);
  expect(statuses.filter((status) => status === 429)).toHaveLength(5);
});

it("forgets the operations of a client that is gone", async () => {
  const gone = new AbortController();
  await whileLocked(api.databaseUrl, "experiments", async () => {
    const flood = Array.from({ length: maxOfSender + 5 }, () => send(api.owner.cookie, slow, gone.signal).catch(() => 0));
    expect(await Promise.race(flood)).toBe(429);
    gone.abort();
    await Promise.all(flood);
    await expect.poll(() => send(api.owner.cookie, quick), { timeout: 10_000 }).toBe(200);
  });
});

it("charges the values that a list without arguments really has", async () => {
  const labels = Array.from({ length: 9_000 }, (_, i) => `label ${i}`);
  const rows = Array.from({ length: 3 }, (_, i) => ({
    ...testModel,
    id: `large-${i}`,
    name: `Large ${i}`,
    sha256: `${i}`.repeat(64),
    labels,
  }));
  await seedModels(api.database.connection, rows);
  const read = () => api.ask(api.owner, "{ models(first: 20) { nodes { labels } } }");
  const first = await read();
  expect(first.extensions.cost.cost).toBeGreaterThan(27_000);
  expect(first.extensions.cost.remaining).toBeLessThan(costLimit.limit - 27_000);
  expect((await read()).status).toBe(200);
  // The third finds the bucket full: what the first two really cost is in it.
  expect((await read()).status).toBe(200);
  expect((await read()).status).toBe(429);
});
