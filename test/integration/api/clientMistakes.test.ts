/** Client errors return a 4xx status, a specific code and a message that says what to change. */
import { mkdtempSync, rmSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { openFolderStore } from "@pareidolia/persistence/server/objectStores/folderStore";
import { carryOutRun } from "@pareidolia/workers/tasks/carryOutRun.task";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestApi, type TestApi } from "../../support/api.ts";
import { createLinearClassifier } from "../../support/linearClassifier.ts";
import { openRawSocket } from "../../support/rawSocket.ts";
import { evolveContext, seedRun } from "../../support/runs.ts";

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi();
  await seedRun(api.database);
});
afterAll(() => api.close());

const subscription = 'subscription { runEvents(runId: "RUN-1", since: 0) { seq } }';
const niches = "query ($n: [Int!]) { elites(filter: { niche: $n }) { nodes { id } } }";
const manyErrors = { n: Array.from({ length: 60 }, () => "x") };
const ascend = `mutation ($n: ParameterValues) {
  startAscent(input: { experimentId: "EXP-1", modelId: "linear", preset: "adam", seed: 1, parameters: $n }) { __typename }
}`;

/** Built as a string, since a value this deep would overflow JSON.stringify's stack too. */
const nested = (depth: number): string => `${"[".repeat(depth)}1${"]".repeat(depth)}`;
const deepBody = (query: string, depth: number): string => `{"query":${JSON.stringify(query)},"variables":{"n":${nested(depth)}}}`;

/** `fetch` refuses to send TRACE. */
function send(method: string, address: string): Promise<{ status: number | undefined; allow: string | undefined; text: string }> {
  return new Promise((resolve, reject) => {
    request(`${api.url}${address}`, { method, headers: { "content-type": "application/json" } }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () =>
        resolve({ status: response.statusCode, allow: response.headers.allow, text: Buffer.concat(chunks).toString() }),
      );
    })
      .on("error", reject)
      .end();
  });
}

describe("over HTTP", () => {
  it("a subscription is refused with a hint to use a WebSocket", async () => {
    const { status, body } = await api.query(subscription);
    expect([status, body]).toEqual([
      400,
      { errors: [{ message: expect.stringContaining("WebSocket"), extensions: { code: "SUBSCRIPTION_OVER_HTTP" } }] },
    ]);
  });

  it("more than 50 errors in variables are reported as errors in variables", async () => {
    const { status, body } = await api.query(niches, manyErrors);
    expect(status).toBe(400);
    expect(body.errors.map(({ extensions }: { extensions: { code: string } }) => extensions.code)).toEqual(
      Array.from({ length: 51 }, () => "BAD_USER_INPUT"),
    );
  });

  it.each(["0000-12-31T23:59:59Z", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"])(
    "the time %s is refused, as a variable and in the document",
    async (time) => {
      const inDocument = await api.query(`{ auditEntries(filter: { from: "${time}" }) { totalCount } }`);
      const asVariable = await api.query("query ($from: DateTime) { auditEntries(filter: { from: $from }) { totalCount } }", {
        from: time,
      });
      for (const { status, body } of [inDocument, asVariable])
        expect([status, body.errors]).toEqual([
          400,
          [expect.objectContaining({ message: expect.stringContaining("DateTime must be in the years 0001 to 9999, in UTC.") })],
        ]);
    },
  );

  it.each([
    [33, ascend],
    [3_900, ascend],
    [100_000, ascend],
    [3_900, niches],
  ])("a variable nested %i levels deep is refused by %s", async (depth, query) => {
    const { status, body } = await api.post(deepBody(query, depth));
    expect([status, body.errors]).toEqual([
      400,
      [{ message: "The variables are nested more than 32 levels deep. Send flatter values.", extensions: { code: "TOO_COMPLEX" } }],
    ]);
  });

  it.each(["/graphql", "/images/x.png", "/nowhere"])("TRACE %s is not allowed", async (address) => {
    const { status, allow, text } = await send("TRACE", address);
    expect([status, allow, JSON.parse(text)]).toEqual([
      405,
      "GET, HEAD, POST, OPTIONS",
      { errors: [{ message: "This server does not support TRACE. Use GET or POST.", extensions: { code: "METHOD_NOT_ALLOWED" } }] },
    ]);
  });
});

describe("an image whose file is missing", () => {
  it("returns 404 without revealing its storage key", async () => {
    const elsewhere = mkdtempSync(path.join(tmpdir(), "pareidolia-elsewhere-"));
    try {
      const runId = await seedRun(api.database, { seed: 2 });
      const classifier = createLinearClassifier({ input: { width: 8, height: 8, channels: 1 }, classes: 5 });
      await carryOutRun(
        { runId },
        evolveContext({ database: api.database, objectStore: openFolderStore({ folder: elsewhere }), classifier }),
      );
      const { imageSha256 } = await api.database.connection.genome.findFirstOrThrow({ where: { runId } });
      const response = await fetch(`${api.url}/images/${imageSha256}.png`);
      expect([response.status, await response.json()]).toEqual([
        404,
        {
          errors: [
            { message: "The stored file is missing. Restore it from a backup of the object store.", extensions: { code: "NOT_FOUND" } },
          ],
        },
      ]);
    } finally {
      rmSync(elsewhere, { recursive: true });
    }
  });
});

describe("over a WebSocket", () => {
  it("a deeply nested variable is refused, and the socket stays open", async () => {
    const socket = await openRawSocket(api.url);
    socket.send(`{"id":"deep","type":"subscribe","payload":${deepBody(ascend, 3_900)}}`);
    expect(await socket.answer("deep")).toMatchObject({ type: "error", payload: [{ extensions: { code: "TOO_COMPLEX" } }] });
    socket.subscribe("next", "{ viewer { role } }");
    expect(await socket.answer("next")).toMatchObject({ type: "next", payload: { data: { viewer: { role: "OWNER" } } } });
    await socket.close();
  });

  it("more than 50 errors in variables are reported as errors in variables", async () => {
    const socket = await openRawSocket(api.url);
    socket.subscribe("many", niches, manyErrors);
    const { type, payload } = await socket.answer("many");
    const codes = (payload as { extensions: { code: string } }[]).map(({ extensions }) => extensions.code);
    expect([type, codes]).toEqual(["error", Array.from({ length: 51 }, () => "BAD_USER_INPUT")]);
    await socket.close();
  });

  it.each([
    ["a missing variable", "query ($id: ID!) { node(id: $id) { id } }", {}],
    ["the name of no operation", "query A { __typename } query B { __typename }", { operationName: "C" }],
    ["the name of none of two operations", "query A { __typename } query B { __typename }", {}],
  ])("%s is reported as over HTTP", async (_what, query, given) => {
    const { errors } = (await api.post(JSON.stringify({ query, ...given }))).body;
    expect(errors).toHaveLength(1);
    const socket = await openRawSocket(api.url);
    socket.send(JSON.stringify({ id: "same", type: "subscribe", payload: { query, ...given } }));
    expect(await socket.answer("same")).toEqual({ id: "same", type: "error", payload: errors });
    await socket.close();
  });
});
