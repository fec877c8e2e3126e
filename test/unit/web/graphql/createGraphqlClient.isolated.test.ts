/** The GraphQL client: which data it accepts from results with errors. */
import { gql } from "urql";
import { afterEach, expect, it, vi } from "vitest";
import { createGraphqlClient } from "../../../../apps/web/src/graphql/client/createGraphqlClient.ts";
import { sessionEndOf } from "../../../../apps/web/src/graphql/client/sessionEnd.ts";

interface Sink {
  next(result: object): void;
}

const opened = vi.hoisted(() => [] as Sink[]);
vi.mock("../../../../apps/web/src/graphql/client/connection.ts", () => ({
  connectionOf: () => ({
    subscribe(_payload: object, sink: Sink) {
      opened.push(sink);
      return () => {};
    },
    onAccessChange: () => () => {},
  }),
}));

const query = gql`query Named($id: ID!) { node(id: $id) { __typename id } }`;
const run = { __typename: "EvolutionRun", id: "a" };

function answerWith(...bodies: readonly object[]): void {
  const left = [...bodies];
  vi.stubGlobal("fetch", async () => Response.json(left.shift()));
}

afterEach(() => vi.unstubAllGlobals());

it("the client drops a query's data if a part of it failed, so that an unreadable run is not taken for a missing one", async () => {
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

it("the client keeps a mutation's data if only a part of it could not be read, so that the mutation is not repeated", async () => {
  const mutation = gql`mutation Start { startEvolution { __typename run { __typename id name } } }`;
  const made = { startEvolution: { __typename: "StartEvolutionSuccess", run: { ...run, name: null } } };
  answerWith({ data: made, errors: [{ message: "The name could not be read.", path: ["startEvolution", "run", "name"] }] });
  const { data, error } = await createGraphqlClient().mutation(mutation, {}).toPromise();
  expect(error?.message).toContain("The name could not be read.");
  expect(data).toEqual(made);
});

it("the client delivers the events after one that could not be read", async () => {
  const subscription = gql`subscription Follow($since: Int!) { runEvents(since: $since) { __typename seq } }`;
  const event = (seq: number) => ({ runEvents: { __typename: "RunEvent", seq } });
  const received: unknown[] = [];
  const { unsubscribe } = createGraphqlClient()
    .subscription(subscription, { since: 0 })
    .subscribe(({ data, error }) => received.push(error ? error.graphQLErrors.length : data));
  await vi.waitFor(() => expect(opened).toHaveLength(1), { timeout: 10_000 });
  opened[0]?.next({ data: event(1) });
  opened[0]?.next({ data: null, errors: [{ message: "An image is missing.", path: ["runEvents"], extensions: { code: "INTERNAL" } }] });
  opened[0]?.next({ data: event(3) });
  unsubscribe();
  expect(received).toEqual([event(1), 1, event(3)]);
});

it("the client aborts a request that the API never answers, which frees the browser's connection", async () => {
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

it.each(["UNAUTHENTICATED", "NO_WORKSPACE"])(
  "the client notes once that its session has ended when the API refuses a request with %s",
  async (code) => {
    const client = createGraphqlClient();
    const ended = vi.fn<() => void>();
    sessionEndOf(client).onChange(ended);
    const refused = { errors: [{ message: "Sign in first.", extensions: { code } }] };
    vi.stubGlobal("fetch", async () => Response.json(refused, { status: code === "UNAUTHENTICATED" ? 401 : 200 }));
    await Promise.all(["a", "b"].map((id) => client.query(query, { id }).toPromise()));
    expect(ended).toHaveBeenCalledTimes(1);
    expect(sessionEndOf(client).has()).toBe(true);
    expect(sessionEndOf(createGraphqlClient()).has()).toBe(false);
  },
);

it("a session has not ended if the API does not answer or refuses one action", async () => {
  const client = createGraphqlClient();
  answerWith({ data: null, errors: [{ message: "Not yours.", extensions: { code: "FORBIDDEN" } }] });
  await client.query(query, { id: "a" }).toPromise();
  vi.stubGlobal("fetch", async () => {
    throw new TypeError("Failed to fetch");
  });
  await client.query(query, { id: "b" }).toPromise();
  expect(sessionEndOf(client).has()).toBe(false);
});
