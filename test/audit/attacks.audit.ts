/**
 * G2: attacks on the GraphQL endpoint, over each of its transports. A finding is an attack that is carried out, an answer with a status of 5xx,
 * a text that shows internals, or a server that no longer answers.
 */
import { gzipSync } from "node:zlib";
import { openDatabase } from "@pareidolia/persistence/server/database/database";
import { afterAll, beforeAll, expect, it } from "vitest";
import { WebSocket } from "ws";
import { type ApiProcess, startApiProcess } from "../support/apiProcess.ts";
import { findLeaks } from "../support/leaks.ts";
import { operationsAtLimits } from "../support/operationsAtLimits.ts";
import { requestRaw } from "../support/requestRaw.ts";
import { seedRun } from "../support/runs.ts";
import { overHttp, transports } from "../support/transports.ts";
import { addRow } from "./rowsFile.ts";

let api: ApiProcess;
beforeAll(async () => {
  api = await startApiProcess(async (url) => {
    const database = await openDatabase(url);
    await seedRun(database);
    await database.close();
  });
}, 120_000);
afterAll(() => api?.close());

const json = "application/json";
const mutation = 'mutation { createExperiment(input: { name: "Attack" }) { __typename } }';
const asJson = JSON.stringify({ query: mutation });
const large = JSON.stringify({ query: "{ __typename }", variables: { a: "x".repeat(20_000_000) } });

interface HttpAttack {
  readonly name: string;
  readonly method?: string;
  readonly search?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

const post = (name: string, body: string | Uint8Array, headers: Readonly<Record<string, string>> = {}): HttpAttack => ({
  name,
  body,
  headers: { "content-type": json, ...headers },
});
const simple = (type: string, body: string): HttpAttack => ({
  name: `${type}, which a form can send`,
  body,
  headers: { "content-type": type },
});

const httpAttacks: readonly HttpAttack[] = [
  { name: "a mutation by GET", method: "GET", search: { query: mutation } },
  { name: "a mutation by GET from a program", method: "GET", search: { query: mutation }, headers: { "graphql-require-preflight": "1" } },
  {
    name: "a mutation by GET, second of two",
    method: "GET",
    search: { query: `query a { __typename } ${mutation.replace("mutation", "mutation b")}`, operationName: "b" },
    headers: { "graphql-require-preflight": "1" },
  },
  { name: "a mutation by HEAD", method: "HEAD", search: { query: mutation } },
  simple("application/x-www-form-urlencoded", `query=${encodeURIComponent(mutation)}`),
  simple("text/plain", asJson),
  simple("multipart/form-data; boundary=x", `--x\r\ncontent-disposition: form-data; name="operations"\r\n\r\n${asJson}\r\n--x--\r\n`),
  { name: "no content type", body: asJson },
  post("JSON from a page of another site", asJson, {
    origin: "https://evil.example",
    "sec-fetch-site": "cross-site",
    "content-type": "text/plain;application/json",
  }),
  post("a batch of ten", JSON.stringify(Array.from({ length: 10 }, () => ({ query: mutation })))),
  post("20 MB", large),
  post("half of a JSON text", asJson.slice(0, 30)),
  post("a JSON text that is nested 100,000 times", `${"[".repeat(100_000)}${"]".repeat(100_000)}`),
  post("the name __proto__", `{"query":${JSON.stringify(mutation)},"__proto__":{"admin":true},"variables":[]}`),
  post("bytes that are not UTF-8", Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d])),
  post("random bytes", Buffer.from(Array.from({ length: 5_000 }, (_, i) => (i * 7_919) % 256))),
  post("20 MB compressed to 20 KB", gzipSync(large), { "content-encoding": "gzip" }),
  post("half of a compressed text", gzipSync(asJson).subarray(0, 20), { "content-encoding": "gzip" }),
  post("text that claims to be compressed", asJson, { "content-encoding": "gzip" }),
  post("an encoding that does not exist", asJson, { "content-encoding": "compress" }),
  post("another character set", asJson, { "content-type": `${json}; charset=iso-8859-1` }),
  post("a null character", JSON.stringify({ query: '{ runs(search: "a\\u0000") { totalCount } }' })),
  post(
    "a persisted query that is not known",
    JSON.stringify({ extensions: { persistedQuery: { version: 1, sha256Hash: "0".repeat(64) } } }),
  ),
];

async function countExperiments(): Promise<number> {
  const { data } = await overHttp(api.url, { query: "{ experiments(first: 1) { totalCount } }" }, {});
  return (data as { experiments: { totalCount: number } }).experiments.totalCount;
}

async function sendAll(attack: HttpAttack): Promise<readonly string[]> {
  const { name, method = "POST", search, headers = {}, body } = attack;
  const address = `${api.url}/graphql${search === undefined ? "" : `?${new URLSearchParams(search)}`}`;
  // A server that refuses a long body closes the connection.
  const answer = await requestRaw(address, { method, headers, body }).catch((error: unknown) => ({ status: 400, text: String(error) }));
  return [
    ...(answer.status >= 400 && answer.status < 500 ? [] : [`${name}: status ${answer.status}`]),
    ...findLeaks(answer.text).map((leak) => `${name}: shows ${leak}`),
  ];
}

interface SocketAttack {
  readonly name: string;
  /** Sent as they are, once the socket is open. */
  readonly messages: readonly (string | Uint8Array)[];
  readonly protocol?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const init = '{"type":"connection_init"}';
const subscribe = (id: string, query: string): string => JSON.stringify({ id, type: "subscribe", payload: { query } });

const overSockets: readonly SocketAttack[] = [
  { name: "an operation before the connection is accepted", messages: [subscribe("1", mutation)] },
  { name: "no JSON", messages: [init, "{"] },
  { name: "random bytes", messages: [init, Buffer.from([0, 255, 1, 254])] },
  { name: "an unknown message", messages: [init, '{"type":"execute"}'] },
  { name: "an operation without a document", messages: [init, '{"id":"1","type":"subscribe","payload":{}}'] },
  { name: "two connections on one socket", messages: [init, init] },
  {
    name: "one id twice",
    messages: [init, subscribe("1", 'subscription { runEvents(runId: "RUN-1") { seq } }'), subscribe("1", "{ __typename }")],
  },
  { name: "a message of 2 MB", messages: [init, subscribe("1", "#".repeat(2_000_000))] },
  { name: "another protocol", protocol: "graphql-ws", messages: [init] },
  { name: "a page of another site", headers: { origin: "https://evil.example" }, messages: [init, subscribe("1", mutation)] },
  {
    name: "300 subscriptions",
    messages: [init, ...Array.from({ length: 300 }, (_, i) => subscribe(`${i}`, 'subscription { runEvents(runId: "RUN-1") { seq } }'))],
  },
];

/** Ends when the server closes the socket, as it must. */
function attackSocket({ name, messages, protocol = "graphql-transport-ws", headers = {} }: SocketAttack): Promise<readonly string[]> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`${api.url.replace("http", "ws")}/graphql`, protocol, { headers });
    const received: string[] = [];
    const end = (problem: string | null): void => {
      clearTimeout(timer);
      socket.terminate();
      const leaks = findLeaks(received.join("\n")).map((leak) => `a socket with ${name}: shows ${leak}`);
      resolve([...(problem === null ? [] : [`a socket with ${name}: ${problem}`]), ...leaks]);
    };
    const timer = setTimeout(() => end("it stayed open"), 15_000);
    socket.on("message", (data: Buffer) => received.push(data.toString()));
    socket.on("open", () => {
      for (const message of messages) socket.send(message, () => undefined);
    });
    // The server refuses the handshake.
    socket.on("error", () => undefined);
    socket.on("close", (code) => end(code === 1011 ? "the server failed" : null));
  });
}

it("no attack is carried out, fails the server or shows its internals", { timeout: 600_000 }, async () => {
  const before = await countExperiments();
  const findings: string[] = [];
  for (const attack of httpAttacks) findings.push(...(await sendAll(attack)));
  for (const attack of overSockets) findings.push(...(await attackSocket(attack)));
  let operations = 0;
  for (const [transport, send] of Object.entries(transports))
    for (const [name, operation, code] of operationsAtLimits) {
      operations += 1;
      const { codes, messages, data } = await send(api.url, operation, {});
      const isRefused = code === null || (data === null && codes.includes(code));
      if (!isRefused) findings.push(`${name} over ${transport}: ${codes.join(", ") || "no error"} instead of ${code}`);
      findings.push(...findLeaks(messages.join("\n")).map((leak) => `${name} over ${transport}: shows ${leak}`));
    }
  if (api.ending() !== null) findings.push(`the process ended: ${JSON.stringify(api.ending())}`);
  else if ((await countExperiments()) !== before) findings.push("a mutation took effect");
  addRow("G2 attacks on the GraphQL endpoint, findings", findings, `${httpAttacks.length + overSockets.length + operations} attacks`);
  expect(findings).toEqual([]);
});
