/** What members and programs notice when Postgres is lost: each operation is limited by its cost, which is counted there. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { type AccountsApi, type Sender, startAccountsApi } from "../../support/accounts.ts";
import { type DatabaseProxy, startDatabaseProxy } from "../../support/databaseProxy.ts";

let api: AccountsApi;
let proxy: DatabaseProxy;
let key: Sender;

beforeAll(async () => {
  api = await startAccountsApi({
    costLimit: { limit: 100_000, drainPerSecond: 1_000 },
    reachDatabase: async (url) => {
      proxy = await startDatabaseProxy(url);
      return proxy.url;
    },
  });
  const { body } = await api.ask(
    api.owner,
    'mutation { createApiKey(input: { name: "Program", scopes: [READ] }) { ... on CreateApiKeySuccess { secret } } }',
  );
  key = { authorization: `Bearer ${body.data.createApiKey.secret}` };
});
afterAll(async () => {
  await api.close();
  await proxy.close();
});

const documents = [
  "{ runs { nodes { key } } }",
  "{ experiments { totalCount } }",
  "{ __typename }",
  "{ models(first: 1) { nodes { slug } } }",
];

it("every operation of every sender is answered with 503 and the reason while Postgres is lost, and with 200 afterwards", async () => {
  const senders = [api.owner, key];
  const askAll = () => Promise.all(senders.flatMap((sender) => documents.map((document) => api.ask(sender, document))));
  expect((await askAll()).map(({ status }) => status)).toEqual(Array(senders.length * documents.length).fill(200));

  await proxy.cut();
  // For longer than a balance in memory is used.
  const until = performance.now() + 3_000;
  const seen = new Set<string>();
  while (performance.now() < until)
    for (const { status, body } of await askAll()) seen.add(`${status} ${body.errors?.[0].extensions.code ?? "data"}`);
  expect([...seen].filter((answer) => answer !== "200 data")).toEqual(["503 UNAVAILABLE"]);

  await proxy.restore();
  await expect.poll(async () => (await askAll()).every(({ status }) => status === 200), { timeout: 15_000 }).toBe(true);
});
