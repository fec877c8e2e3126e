/** The browser's GraphQL client: what it takes for an answer. */
import { gql } from "urql";
import { afterEach, expect, it, vi } from "vitest";
import { answersTo } from "../../../../apps/web/src/graphql/client/answersTo.ts";
import { createGraphqlClient } from "../../../../apps/web/src/graphql/client/createGraphqlClient.ts";

interface Sink {
  next(result: object): void;
}

const opened = vi.hoisted(() => [] as Sink[]);
vi.mock("../../../../apps/web/src/graphql/client/connection.ts", () => ({
  webSocketClient: () => ({
    subscribe(_payload: object, sink: Sink) {
      opened.push(sink);
      return () => {};
    },
  }),
}));

const query = gql`query Named($id: ID!) { node(id: $id) { __typename id } }`;
const run = { __typename: "Run", id: "a" };

function answerWith(...bodies: readonly object[]): void {
  const left = [...bodies];
  vi.stubGlobal("fetch", async () => Response.json(left.shift()));
}

afterEach(() => vi.unstubAllGlobals());

it("takes what comes beside an error for no answer, so that a run that could not be read is not one that is not there", async () => {
  const client = createGraphqlClient();
  const errors = [{ message: "The database is away.", path: ["node"] }];
  answerWith({ data: { node: run } }, { data: { node: null }, errors }, { data: null, errors });
  expect((await client.query(query, { id: "a" }).toPromise()).data).toEqual({ node: run });
  for (const _ of ["a part", "nothing"]) {
    const failed = await client.query(query, { id: "a" }, { requestPolicy: "network-only" }).toPromise();
    expect(failed.error?.message).toContain("The database is away.");
    expect(failed.data).toBeUndefined();
  }
  expect((await client.query(query, { id: "a" }).toPromise()).data).toEqual({ node: run });
});

it("tells the answer to these variables from one to others", async () => {
  answerWith({ data: { node: run } });
  const result = await createGraphqlClient().query(query, { id: "a" }).toPromise();
  expect(answersTo(result, { id: "a" })).toBe(true);
  expect(answersTo(result, { id: "b" })).toBe(false);
  expect(answersTo({}, { id: "a" })).toBe(false);
});

it("keeps what a mutation made where only a part beside it could not be read: it is not asked for a second time", async () => {
  const mutation = gql`mutation Start { startRun { __typename run { __typename id name } } }`;
  const made = { startRun: { __typename: "StartRunSuccess", run: { ...run, name: null } } };
  answerWith({ data: made, errors: [{ message: "The name could not be read.", path: ["startRun", "run", "name"] }] });
  const { data, error } = await createGraphqlClient().mutation(mutation, {}).toPromise();
  expect(error?.message).toContain("The name could not be read.");
  expect(data).toEqual(made);
});

it("hears the events after one that could not be read", async () => {
  const subscription = gql`subscription Follow($since: Int!) { runEvents(since: $since) { __typename seq } }`;
  const event = (seq: number) => ({ runEvents: { __typename: "RunEvent", seq } });
  const heard: unknown[] = [];
  const { unsubscribe } = createGraphqlClient()
    .subscription(subscription, { since: 0 })
    .subscribe(({ data, error }) => heard.push(error ? error.graphQLErrors.length : data));
  await vi.waitFor(() => expect(opened).toHaveLength(1));
  opened[0]?.next({ data: event(1) });
  opened[0]?.next({ data: null, errors: [{ message: "A picture is missing.", path: ["runEvents"], extensions: { code: "INTERNAL" } }] });
  opened[0]?.next({ data: event(3) });
  unsubscribe();
  expect(heard).toEqual([event(1), 1, event(3)]);
});

it("gives up on an API that accepts a request and never answers, so that the browser has its connection back", async () => {
  vi.useFakeTimers();
  let signal: AbortSignal | null | undefined;
  vi.stubGlobal("fetch", (_input: unknown, init: RequestInit) => {
    signal = init.signal;
    return new Promise((_, reject) => signal?.addEventListener("abort", () => reject(signal?.reason)));
  });
  const answer = createGraphqlClient().query(query, { id: "a" }).toPromise();
  await vi.advanceTimersByTimeAsync(25_000);
  vi.useRealTimers();
  expect(signal?.aborted).toBe(true);
  expect((await answer).error?.message).toContain("The API did not answer within 25 s.");
});
