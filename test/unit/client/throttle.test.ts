/** How the operations of a client share the API's rate limit. */
import { createClient } from "@pareidolia/client";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

beforeEach(() => void vi.useFakeTimers({ now: 0 }));
afterEach(() => void vi.useRealTimers());

const slowName = 99;
const slowMilliseconds = 30_000;

/** The API's leaky bucket (`costBuckets`), for operations whose cost is the variable. It answers after 50 ms, or later if the name is `slowName`. */
function startBucket(limit: number, drainPerSecond: number) {
  let level = 0;
  let readAt = 0;
  const sent: { readonly name: number; readonly at: number; readonly accepted: boolean }[] = [];
  const respond = async (_url: URL, init: RequestInit): Promise<Response> => {
    const { variables } = JSON.parse(init.body as string) as { readonly variables: { readonly name: number; readonly cost: number } };
    await new Promise((resolve) => setTimeout(resolve, variables.name === slowName ? slowMilliseconds : 50));
    init.signal?.throwIfAborted();
    level = Math.max(0, level - (drainPerSecond * (Date.now() - readAt)) / 1_000);
    readAt = Date.now();
    const accepted = level + variables.cost <= limit;
    sent.push({ name: variables.name, at: Date.now(), accepted });
    if (accepted) level += variables.cost;
    const retryAfter = Math.max(1, Math.ceil((level + variables.cost - limit) / drainPerSecond));
    return accepted
      ? new Response(JSON.stringify({ data: { name: variables.name } }))
      : new Response(
          JSON.stringify({ errors: [{ message: "Too many.", extensions: { code: "RATE_LIMITED", details: { retryAfter } } }] }),
          { status: 429 },
        );
  };
  const client = createClient({ url: "https://lab.example", fetch: respond as typeof globalThis.fetch });
  const query = (name: number, cost: number, signal?: AbortSignal) =>
    client.query("query ($name: Int!, $cost: Int!) { name }", { name, cost }, { signal });
  return { query, sent };
}

async function settle(promises: readonly Promise<unknown>[], seconds: number) {
  const settled = Promise.allSettled(promises);
  for (let i = 0; i < seconds * 10; i += 1) await vi.advanceTimersByTimeAsync(100);
  return (await settled).map(({ status }) => status);
}

const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);

it("all of twenty operations that are sent together at the limit succeed", async () => {
  const { query, sent } = startBucket(100, 25);
  // Each needs all that the bucket drains in two seconds.
  const statuses = await settle(
    times(20, 50).map((cost, name) => query(name, cost)),
    120,
  );
  expect(statuses).toEqual(times(20, "fulfilled"));
  // The first two fit. Each of the others is refused at once, and only a few are refused again.
  expect(sent.filter(({ accepted }) => !accepted).length).toBeLessThan(2 * 20);
});

it("none is sent before the time that the API named for another", async () => {
  const { query, sent } = startBucket(100, 10);
  const first = [query(0, 100), query(1, 100)];
  await vi.advanceTimersByTimeAsync(1_000);
  const later = [query(2, 1), query(3, 1)];
  expect(await settle([...first, ...later], 60)).toEqual(times(4, "fulfilled"));
  expect(sent.filter(({ at }) => at < 10_000).map(({ name }) => name)).toEqual([0, 1]);
  // In the order in which they were called.
  expect(sent.filter(({ at, accepted }) => at > 10_000 && accepted).map(({ name }) => name)).toEqual([1, 2, 3]);
});

it("those that are cheap soon run side by side again", async () => {
  const { query, sent } = startBucket(100, 100);
  await settle([query(0, 100)], 1);
  const started = Date.now();
  expect(
    await settle(
      times(40, 1).map((cost, name) => query(1 + name, cost)),
      20,
    ),
  ).toEqual(times(40, "fulfilled"));
  // One by one, at 50 ms each, the last would arrive after more than 2 seconds and the pause.
  expect((sent.at(-1)?.at ?? 0) - started).toBeLessThan(2_000);
});

it("one that its caller stops leaves the queue, and the next takes its turn", async () => {
  const { query, sent } = startBucket(100, 50);
  const stop = new AbortController();
  const queries = [query(0, 100), query(1, 50, stop.signal), query(2, 50)];
  await vi.advanceTimersByTimeAsync(500);
  stop.abort(new Error("left"));
  expect(await settle(queries, 30)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect(sent.filter(({ name }) => name === 1)).toHaveLength(1);
});

it("one that is refused again and again although nothing else is accepted fails", async () => {
  const { query, sent } = startBucket(10, 10);
  expect(await settle([query(0, 20)], 60)).toEqual(["rejected"]);
  expect(sent).toHaveLength(5);
});

it("an operation that was sent before a refusal and takes long holds up no other", async () => {
  const { query, sent } = startBucket(100, 100);
  const slow = query(slowName, 1);
  expect(await settle([query(0, 100), query(1, 50)], 5)).toEqual(["fulfilled", "fulfilled"]);
  expect(sent.map(({ name }) => name)).not.toContain(slowName);
  expect(await settle([slow], 30)).toEqual(["fulfilled"]);
});
