/** Parallel calls of one client at the limit of a server: they share one queue. The server is a bucket that drains, as the API's is. */
import { type ClientOptions, createClient } from "@pareidolia/client";
import { viewer } from "@pareidolia/client/operations";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

beforeEach(() => void vi.useFakeTimers({ now: 0 }));
afterEach(() => void vi.useRealTimers());

const data = { viewer: { role: "OWNER" } };
const seconds = (): number => Date.now() / 1_000;

interface Server {
  /** Cost that fits at once. */
  readonly size: number;
  readonly drainPerSecond: number;
  readonly answerSeconds?: number;
}

/** Each request costs 1. A refusal names the whole seconds until one fits. */
function clientOfBucket({ size, drainPerSecond, answerSeconds = 0.05 }: Server, options: Partial<ClientOptions> = {}) {
  let [full, drainedAt] = [0, 0];
  const sentAt: number[] = [];
  const answers: ("answered" | "refused")[] = [];
  let allowedFrom = 0;
  let early = 0;
  const fetch = async (): Promise<Response> => {
    sentAt.push(seconds());
    if (seconds() < allowedFrom) early += 1;
    full = Math.max(0, full - (seconds() - drainedAt) * drainPerSecond);
    drainedAt = seconds();
    const fits = full + 1 <= size;
    if (fits) full += 1;
    const retryAfter = Math.ceil((full + 1 - size) / drainPerSecond);
    await new Promise((resolve) => {
      setTimeout(resolve, answerSeconds * 1_000);
    });
    answers.push(fits ? "answered" : "refused");
    if (fits) return new Response(JSON.stringify({ data }));
    allowedFrom = Math.max(allowedFrom, seconds() + retryAfter);
    const errors = [{ message: "Too much.", extensions: { code: "RATE_LIMITED", details: { retryAfter } } }];
    return new Response(JSON.stringify({ errors }), { status: 429 });
  };
  const client = createClient({ url: "https://lab.example", fetch: fetch as typeof globalThis.fetch, ...options });
  return { client, sentAt, answers, early: () => early };
}

/** Lets timers run until all calls have ended. */
async function settle(calls: readonly Promise<unknown>[]) {
  let isDone = false;
  const settled = Promise.allSettled(calls);
  void settled.then(() => {
    isDone = true;
  });
  for (let step = 0; step < 10_000 && !isDone; step += 1) await vi.advanceTimersByTimeAsync(50);
  expect(isDone).toBe(true);
  return settled;
}

describe("twenty parallel calls at the limit", () => {
  it.each([
    { size: 3, drainPerSecond: 1 },
    { size: 1, drainPerSecond: 0.5 },
    { size: 10, drainPerSecond: 4 },
  ])("all succeed, and none is sent before the time that the server named: %o", async (server) => {
    const { client, answers, early } = clientOfBucket(server);
    const results = await settle(Array.from({ length: 20 }, () => client.query(viewer)));
    expect(results.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => "fulfilled"));
    expect(answers.filter((answer) => answer === "answered")).toHaveLength(20);
    expect(early()).toBe(0);
    // The server's time is used: about as long as it needs to drain, with each wait rounded up and its random part.
    expect(seconds()).toBeGreaterThanOrEqual((20 - server.size) / server.drainPerSecond - 1);
    expect(seconds()).toBeLessThan((4 * 20) / server.drainPerSecond);
  });

  it("also hold back calls that come later", async () => {
    const { client, early, sentAt } = clientOfBucket({ size: 1, drainPerSecond: 0.25 });
    const first = [client.query(viewer), client.query(viewer)];
    await vi.advanceTimersByTimeAsync(500);
    expect(sentAt).toHaveLength(2);
    const later = client.query(viewer);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(sentAt).toHaveLength(2);
    expect((await settle([...first, later])).every(({ status }) => status === "fulfilled")).toBe(true);
    expect(early()).toBe(0);
  });

  it("fail after the retries if the server answers none of them any more", async () => {
    const { client, answers } = clientOfBucket({ size: 0, drainPerSecond: 1 }, { retries: 2 });
    const results = await settle([client.query(viewer), client.query(viewer)]);
    for (const result of results) expect(result).toMatchObject({ status: "rejected", reason: { code: "RATE_LIMITED" } });
    expect(answers).toHaveLength(6);
  });
});

it("calls that are not refused do not wait for one another", async () => {
  const { client, sentAt } = clientOfBucket({ size: 100, drainPerSecond: 1 });
  const calls = Array.from({ length: 20 }, () => client.query(viewer));
  await vi.advanceTimersByTimeAsync(10);
  expect(sentAt).toHaveLength(20);
  await settle(calls);
});

it("a call that is interrupted while it waits leaves the queue, and the process may end", async () => {
  const { client, sentAt } = clientOfBucket({ size: 1, drainPerSecond: 0.05 });
  const interruption = new AbortController();
  const first = client.query(viewer);
  const waiting = [1, 2].map(() => client.query(viewer, {}, { signal: interruption.signal }));
  await vi.advanceTimersByTimeAsync(1_000);
  interruption.abort();
  const results = await settle([first, ...waiting]);
  expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "rejected"]);
  expect([sentAt.length, vi.getTimerCount()]).toEqual([3, 0]);
});

it("a slow call that was sent before the refusals holds back none of those after it", async () => {
  let answerSlow = (): void => undefined;
  let sent = 0;
  const fetch = async (): Promise<Response> => {
    sent += 1;
    if (sent === 1)
      await new Promise<void>((resolve) => {
        answerSlow = resolve;
      });
    if (sent !== 2) return new Response(JSON.stringify({ data }));
    const errors = [{ message: "Too much.", extensions: { code: "RATE_LIMITED", details: { retryAfter: 1 } } }];
    return new Response(JSON.stringify({ errors }), { status: 429 });
  };
  const client = createClient({ url: "https://lab.example", fetch: fetch as typeof globalThis.fetch });
  const slow = client.query(viewer);
  const results = await settle([client.query(viewer), client.query(viewer)]);
  expect(results.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled"]);
  answerSlow();
  expect(await slow).toEqual(data);
});
