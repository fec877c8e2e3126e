/** A new client shares nothing with the previous user's client. */
import { type Client, gql } from "urql";
import { afterEach, expect, it, vi } from "vitest";
import { recentFeedsOf } from "../../../../apps/web/src/features/run/recentFeeds.ts";
import { startFeed } from "../../../../apps/web/src/features/run/runFeed.ts";
import { connectionOf } from "../../../../apps/web/src/graphql/client/connection.ts";
import { createGraphqlClient } from "../../../../apps/web/src/graphql/client/createGraphqlClient.ts";
import { failedQueriesOf } from "../../../../apps/web/src/graphql/client/failedQueries.ts";

const query = gql`query Named($id: ID!) { node(id: $id) { __typename id name state eventSeq } }`;
const run = { __typename: "EvolutionRun", id: "a", name: "The first user's run", state: "SUCCEEDED", eventSeq: 9 };

afterEach(() => vi.unstubAllGlobals());

function answerWith(...bodies: readonly object[]): void {
  const left = [...bodies];
  vi.stubGlobal("fetch", async () => Response.json(left.shift()));
}

const cachedRun = (client: Client) => client.readQuery(query, { id: "a" }, { requestPolicy: "cache-only" })?.data ?? null;

it("another user's client starts with an empty cache, no run feeds, no failures and its own connection", async () => {
  const first = createGraphqlClient();
  answerWith({ data: { node: run } }, { data: null, errors: [{ message: "The database is away." }] });
  await first.query(query, { id: "a" }).toPromise();
  const failed = await first.query(query, { id: "b" }).toPromise();
  recentFeedsOf(first).set("a", startFeed({ eventSeq: 9, archive: [], statistics: [] }));
  expect(cachedRun(first)).toEqual({ node: run });
  expect(failedQueriesOf(first).has(failed.operation.key)).toBe(true);
  expect(recentFeedsOf(first).get("a")?.seq).toBe(9);

  const second = createGraphqlClient();
  expect(cachedRun(second)).toBeNull();
  expect(failedQueriesOf(second).has(failed.operation.key)).toBe(false);
  expect(recentFeedsOf(second).get("a")).toBeNull();
  expect(connectionOf(second)).not.toBe(connectionOf(first));
  expect(connectionOf(second)).toBe(connectionOf(second));
});

it("the first user's events do not change another user's runs", async () => {
  const older = { ...run, state: "RUNNING", eventSeq: 3 };
  const read = async (client: Client) => (await client.query(query, { id: "a" }, { requestPolicy: "network-only" }).toPromise()).data?.node;
  const first = createGraphqlClient();
  answerWith({ data: { node: run } }, { data: { node: older } }, { data: { node: older } });
  await read(first);
  expect((await read(first)).state).toBe("SUCCEEDED");
  expect((await read(createGraphqlClient())).state).toBe("RUNNING");
});

it("a failure is removed once its query succeeds", async () => {
  const client = createGraphqlClient();
  answerWith({ data: null, errors: [{ message: "The database is away." }] }, { data: { node: run } });
  const { operation } = await client.query(query, { id: "a" }).toPromise();
  let changes = 0;
  const stop = failedQueriesOf(client).onChange(() => changes++);
  expect(failedQueriesOf(client).has(operation.key)).toBe(true);
  await client.query(query, { id: "a" }, { requestPolicy: "network-only" }).toPromise();
  stop();
  expect(failedQueriesOf(client).has(operation.key)).toBe(false);
  expect(changes).toBe(1);
});
