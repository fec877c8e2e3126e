/** The limits on open operations of one WebSocket and one user. A socket reveals no more than a request over HTTP. */
import { carryOutRun } from "@pareidolia/workers/tasks/carryOutRun.task";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { startTestApi, type TestApi } from "../../support/api.ts";
import { createLinearClassifier } from "../../support/linearClassifier.ts";
import { openRawSocket, type RawSocket } from "../../support/rawSocket.ts";
import { evolveContext, seedRun } from "../../support/runs.ts";

let api: TestApi;
/** No worker claims this run, so its subscriptions stay open. */
let queuedRun: string;
let sockets: RawSocket[] = [];

beforeAll(async () => {
  api = await startTestApi();
  const classifier = createLinearClassifier({ input: { width: 8, height: 8, channels: 1 }, classes: 5 });
  const runId = await seedRun(api.database);
  await carryOutRun({ runId }, evolveContext({ database: api.database, objectStore: api.objectStore, classifier }));
  await seedRun(api.database, { seed: 2 });
  queuedRun = "RUN-2";
});
afterEach(async () => {
  await Promise.all(sockets.map((socket) => socket.close()));
  sockets = [];
});
afterAll(() => api.close());

/** Retries until the server has noticed that earlier sockets are closed. */
async function open(): Promise<RawSocket> {
  const socket = await vi.waitFor(
    async () => {
      const opened = await openRawSocket(api.url);
      if (!opened.accepted) throw new Error("The server accepts no further socket.");
      return opened;
    },
    { timeout: 10_000 },
  );
  sockets.push(socket);
  return socket;
}
const follow = (fields = "seq"): string => `subscription { runEvents(runId: "${queuedRun}", since: 1) { ${fields} } }`;
const expensive = "{ __schema { types { fields { type { fields { name } } } } } }";

describe("one WebSocket", () => {
  it("has at most 50 operations open: 5,000 subscriptions are refused quickly, and the socket is closed", async () => {
    const socket = await open();
    for (let i = 0; i < 5_000; i++) socket.subscribe(`s${i}`, follow());
    const { code, reason } = await socket.closed;
    expect([code, reason]).toEqual([4429, "Too many operations"]);
    const refused = socket.received.filter(({ type }) => type === "error");
    expect(refused.length).toBeGreaterThanOrEqual(100);
    expect(refused[0]).toMatchObject({ id: "s50", payload: [{ extensions: { code: "TOO_MANY_OPERATIONS" } }] });
  });

  it("accepts further operations once others are complete", async () => {
    const socket = await open();
    for (let i = 0; i < 51; i++) socket.subscribe(`s${i}`, follow());
    expect(await socket.answer("s50")).toMatchObject({ type: "error" });
    socket.complete("s0");
    socket.subscribe("again", "{ viewer { role } }");
    expect(await socket.answer("again")).toMatchObject({ type: "next", payload: { data: { viewer: { role: "OWNER" } } } });
  });

  it("shares the cost limit of one HTTP request among its open operations", async () => {
    const socket = await open();
    socket.subscribe("first", expensive);
    expect(await socket.answer("first")).toMatchObject({ type: "next" });
    for (let i = 0; i < 40; i++) {
      socket.subscribe(
        `d${i}`,
        follow("run { ... on EvolutionRun { archive { id niche genome { id } image { id url scores { id } } run { archive { id } } } } }"),
      );
      socket.complete(`d${i}`);
    }
    socket.subscribe("last", expensive);
    expect(await socket.answer("last")).toMatchObject({ type: "next" });
    const wide = follow(
      "run { ... on EvolutionRun { archive { run { archive { run { archive { id niche label storedConfidence } } } } } } }",
    );
    for (let i = 0; i < 30; i++) socket.subscribe(`w${i}`, wide);
    expect(await socket.answer("w29")).toMatchObject({
      payload: [{ message: expect.stringContaining("could together return more than") }],
    });
  });

  it("refuses an operation with the same error as HTTP", async () => {
    const socket = await open();
    const aliases = `{ ${Array.from({ length: 61 }, (_, i) => `a${i}: __typename`).join(" ")} }`;
    const niches = "query ($n: [Int!]) { elites(filter: { niche: $n }) { totalCount } }";
    const variables = { n: Array.from({ length: 101 }, () => 1) };
    socket.subscribe("aliases", aliases);
    socket.subscribe("niches", niches, variables);
    const answers = [await api.query(aliases), await api.query(niches, variables)];
    expect(answers.map(({ status }) => status)).toEqual([400, 400]);
    expect((await socket.answer("aliases")).payload).toEqual(answers[0]?.body.errors);
    expect((await socket.answer("niches")).payload).toEqual(answers[1]?.body.errors);
  });

  it.each([
    ["a field", "{ viewer { rol } }", {}],
    ["a type", "{ node(id: 1) { ... on Rum { id } } }", {}],
    ["an argument", "{ runs(firs: 1) { totalCount } }", {}],
    ["an enum value in a variable", "query ($s: [StudyState!]) { studies(filter: { states: $s }) { totalCount } }", { s: ["OPENED"] }],
    ["an input field in a variable", "query ($f: RunFilter) { runs(filter: $f) { totalCount } }", { f: { stat: [] } }],
  ])("does not suggest %s, and neither does HTTP", async (_, query, variables) => {
    const socket = await open();
    socket.subscribe("wrong", query, variables);
    const { text, body } = await api.query(query, variables);
    const answer = await socket.answer("wrong");
    expect([text, JSON.stringify(answer)].map((each) => /did you mean/i.exec(each))).toEqual([null, null]);
    const errors = answer.type === "error" ? answer.payload : (answer.payload as { errors: unknown }).errors;
    expect((errors as { message: string }[])[0]?.message).toBe(body.errors[0].message);
  });
});

describe("one user", () => {
  it("has at most 100 sockets open, and can open another after closing one", async () => {
    for (let i = 0; i < 100; i++) await open();
    const refused = await openRawSocket(api.url);
    expect(await refused.closed).toEqual({ code: 4429, reason: "Too many connections" });
    await sockets.pop()?.close();
    const another = await open();
    another.subscribe("q", "{ viewer { role } }");
    expect(await another.answer("q")).toMatchObject({ type: "next" });
  });

  it("has at most 500 operations open over all sockets", async () => {
    for (let i = 0; i < 11; i++) {
      const socket = await open();
      for (let j = 0; j < 49; j++) socket.subscribe(`s${j}`, follow());
    }
    const last = sockets.at(-1);
    expect(await last?.answer("s48")).toMatchObject({ payload: [{ message: expect.stringContaining("in total") }] });
  });
});
