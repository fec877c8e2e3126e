/** How the client sends requests: what it repeats, how long it waits, keys, headers and errors. */
import { type ClientOptions, createClient } from "@pareidolia/client";
import { startEvolution, startSweep, viewer } from "@pareidolia/client/operations";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

type Answer = { readonly status?: number; readonly headers?: Record<string, string>; readonly body: unknown } | Error;

interface SentInput {
  readonly idempotencyKey?: string;
  readonly run: { readonly evolution: { readonly idempotencyKey?: string } };
}

interface Sent {
  readonly url: string;
  readonly headers: Headers;
  readonly body: { readonly variables: { readonly input: SentInput } };
}

/** Answers requests in turn; the last answer also all later ones. */
function clientWith(answers: readonly Answer[], options: Partial<ClientOptions> = {}) {
  const sent: Sent[] = [];
  const fetch = async (url: URL, init: RequestInit): Promise<Response> => {
    sent.push({ url: String(url), headers: new Headers(init.headers), body: JSON.parse(init.body as string) as Sent["body"] });
    const answer = answers[Math.min(sent.length, answers.length) - 1] ?? new Error("no answer");
    if (answer instanceof Error) throw new TypeError("fetch failed", { cause: answer });
    const text = typeof answer.body === "string" ? answer.body : JSON.stringify(answer.body);
    return new Response(text, { status: answer.status ?? 200, headers: answer.headers ?? {} });
  };
  return { client: createClient({ url: "https://lab.example", fetch: fetch as typeof globalThis.fetch, ...options }), sent };
}

const failed = (code: string, extensions: object = {}, status = 400): Answer => ({
  status,
  body: { errors: [{ message: `It is ${code}.`, extensions: { code, ...extensions } }] },
});
const answered: Answer = { body: { data: { viewer: { role: "OWNER" } } } };
const input = { experimentId: "EXP-1", modelId: "m", encoding: "cppn", preset: "paper", seed: 1, generations: 3 };

beforeEach(() => void vi.useFakeTimers({ now: 0 }));
afterEach(() => void vi.useRealTimers());

/** Lets timers run; resolves with the result or the error, and with the seconds that it took. */
async function timed<T>(promise: Promise<T>): Promise<{ readonly result: unknown; readonly seconds: number }> {
  let seconds = -1;
  const settled = promise.then(
    (value): unknown => value,
    (error: unknown) => error,
  );
  void settled.then(() => {
    seconds = Date.now() / 1_000;
  });
  for (let i = 0; i < 2_000 && seconds < 0; i += 1) await vi.advanceTimersByTimeAsync(100);
  return { result: await settled, seconds };
}

describe("a request", () => {
  it("goes to /graphql with the key and the name of the program", async () => {
    const { client, sent } = clientWith([answered], { token: "pdl_1", userAgent: "lab/1" });
    await client.query(viewer);
    expect(sent[0]?.url).toBe("https://lab.example/graphql");
    expect(["authorization", "user-agent", "content-type"].map((name) => sent[0]?.headers.get(name))).toEqual([
      "Bearer pdl_1",
      "lab/1",
      "application/json",
    ]);
  });

  it("refuses a mutation that is sent as a query", async () => {
    const { client, sent } = clientWith([answered]);
    await expect(client.query("mutation { a }")).rejects.toThrow("`mutate`");
    expect(sent).toEqual([]);
  });

  it("reports its cost", async () => {
    const cost = { cost: 3, limit: null, remaining: null, drainPerSecond: null, resetAt: null };
    const { client } = clientWith([{ body: { data: {}, extensions: { cost } } }]);
    const costs: unknown[] = [];
    await client.query("{ a }", {}, { onCost: (spent) => costs.push(spent) });
    expect(costs).toEqual([cost]);
  });

  it("throws a partial answer with its data", async () => {
    const { client } = clientWith([
      { body: { data: { a: 1, b: null }, errors: [{ message: "No b.", path: ["b"], extensions: { code: "NOT_FOUND" } }] } },
    ]);
    await expect(client.query("{ a b }")).rejects.toMatchObject({
      code: "NOT_FOUND",
      path: ["b"],
      data: { a: 1, b: null },
      message: "No b.",
    });
  });

  it("says what is wrong with the address when something else answers", async () => {
    const { client } = clientWith([{ status: 404, body: "<h1>Not found</h1>" }]);
    await expect(client.query(viewer)).rejects.toMatchObject({
      code: "BAD_RESPONSE",
      status: 404,
      message: expect.stringContaining("404"),
    });
  });

  it("has a time limit, and stops with its signal", async () => {
    vi.useRealTimers();
    const fetch = ((_url: URL, { signal }: RequestInit) =>
      new Promise((_, reject) => signal?.addEventListener("abort", () => reject(signal.reason as Error)))) as typeof globalThis.fetch;
    const client = createClient({ url: "https://lab.example", fetch, timeoutSeconds: 0.05, retries: 0 });
    await expect(client.query(viewer)).rejects.toMatchObject({ code: "TIMEOUT" });
    await expect(client.query(viewer, {}, { signal: AbortSignal.abort(new Error("left")) })).rejects.toThrow("left");
  });
});

describe("what is sent again", () => {
  it.each([
    ["a query whose connection broke", new Error("reset")],
    ["a query that a proxy could not pass on", { status: 502, body: "Bad gateway" }],
    ["a query while a service is unavailable", failed("UNAVAILABLE", {}, 503)],
    ["what was refused because of its rate", failed("RATE_LIMITED", { details: { retryAfter: 1 } }, 429)],
  ])("%s", async (_name, answer) => {
    const { client, sent } = clientWith([answer, answer, answered]);
    expect((await timed(client.query(viewer))).result).toEqual({ viewer: { role: "OWNER" } });
    expect(sent).toHaveLength(3);
  });

  it.each([
    ["INVALID_INPUT", failed("INVALID_INPUT")],
    ["TOO_EXPENSIVE", failed("TOO_EXPENSIVE", {}, 429)],
    ["INTERNAL", failed("INTERNAL", {}, 500)],
  ])("not what would fail again: %s", async (code, answer) => {
    const { client, sent } = clientWith([answer, answered]);
    expect((await timed(client.query(viewer))).result).toMatchObject({ code });
    expect(sent).toHaveLength(1);
  });

  it("after the seconds that the API names and a random part of half a second, and not if these are many", async () => {
    const { client } = clientWith([failed("RATE_LIMITED", { details: { retryAfter: 7 } }, 429), answered]);
    const { seconds } = await timed(client.query(viewer));
    expect(seconds).toBeGreaterThan(7.2);
    expect(seconds).toBeLessThan(7.7);
    const later = clientWith([{ status: 429, headers: { "retry-after": "90" }, body: "Slow down" }, answered]);
    expect((await timed(later.client.query(viewer))).result).toMatchObject({ code: "BAD_RESPONSE", retryAfter: 90 });
  });

  it("at most four times, with pauses that double", async () => {
    const { client, sent } = clientWith([new Error("reset")]);
    const { result, seconds } = await timed(client.query(viewer));
    expect(result).toMatchObject({ code: "NETWORK", message: "The connection to lab.example failed: reset." });
    expect(sent).toHaveLength(5);
    // 0.5, 1, 2 and 4 seconds, of each between half and all.
    expect(seconds).toBeGreaterThanOrEqual(3.75);
    expect(seconds).toBeLessThan(7.7);
  });

  it("a mutation with the same key, wherever its input takes one", async () => {
    const { client, sent } = clientWith([new Error("reset"), { body: { data: {} } }]);
    await timed(client.mutate(startEvolution, { input }));
    await timed(client.mutate(startSweep, { input: { run: { evolution: input }, axes: [{ path: "seed", values: [1] }] } }));
    await timed(client.mutate(startEvolution, { input: { ...input, idempotencyKey: "mine" } }));
    const keys = sent.map(({ body }) => body.variables.input.idempotencyKey);
    expect(keys[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect([keys[1] === keys[0], keys[2] === keys[0], keys[3]]).toEqual([true, false, "mine"]);
    expect(sent[2]?.body.variables.input.run).toEqual({ evolution: input });
  });

  it("a mutation with one key, that of the caller if there is one", async () => {
    const { client, sent } = clientWith([{ body: { data: {} } }]);
    const axes = [{ path: "seed", values: [1] }];
    await client.mutate(startSweep, { input: { run: { evolution: { ...input, idempotencyKey: "of the run" } }, axes } });
    await client.mutate(startSweep, { input: { run: { evolution: input }, axes, idempotencyKey: "own" } });
    expect(sent.map(({ body }) => [body.variables.input.idempotencyKey, body.variables.input.run.evolution.idempotencyKey])).toEqual([
      [undefined, "of the run"],
      ["own", undefined],
    ]);
  });

  it("a mutation without a key only if it was refused, or if the caller allows it", async () => {
    const lost = clientWith([new Error("reset"), { body: { data: {} } }]);
    expect((await timed(lost.client.mutate("mutation { a }"))).result).toMatchObject({ code: "NETWORK" });
    const refused = clientWith([failed("RATE_LIMITED", {}, 429), { body: { data: {} } }]);
    expect((await timed(refused.client.mutate("mutation { a }"))).result).toEqual({});
    const allowed = clientWith([new Error("reset"), { body: { data: {} } }]);
    expect((await timed(allowed.client.mutate("mutation { a }", {}, { mayHappenTwice: true }))).result).toEqual({});
  });
});

it("types reject wrong variables, and know the data", async () => {
  const { client } = clientWith([{ body: { data: { viewer: { role: "OWNER" } } } }]);
  const { viewer: me } = await client.query(viewer);
  const role: "ADMIN" | "LABELLER" | "OWNER" | "RESEARCHER" | "VIEWER" = me.role;
  const { generations: _missing, ...incomplete } = input;
  // @ts-expect-error -- generations is missing
  const wrong = () => client.mutate(startEvolution, { input: incomplete });
  // @ts-expect-error -- a mutation needs its variables
  const missing = () => client.mutate(startEvolution);
  expect([role, typeof wrong, typeof missing]).toEqual(["OWNER", "function", "function"]);
});
