/** A query gets the same response from Apollo, which sees its document first, and without Apollo once the document is known. */
import { limits } from "@pareidolia/api/limits/limits";
import { seedLocalOwner } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { afterAll, beforeAll, expect, it } from "vitest";
import { credentialsOf } from "../../support/actors.ts";
import { startTestApi, type TestApi } from "../../support/api.ts";
import { seedRun } from "../../support/runs.ts";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi({ costLimit: { limit: 20 * limits.cost, drainPerSecond: limits.cost } });
  await seedLocalOwner(api.database.connection);
  await seedRun(api.database);
});
afterAll(() => api.close());

const ofOneOwner = ["content-type", "content-length", "cache-control", "vary", "x-content-type-options", "content-security-policy"];

async function post(body: object, headers: Readonly<Record<string, string>>) {
  const response = await fetch(`${api.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
  const { extensions, ...rest } = (await response.json()) as { extensions?: { cost?: { cost: number } } };
  const kept = Object.fromEntries(ofOneOwner.filter((name) => name !== "content-length").map((name) => [name, response.headers.get(name)]));
  return { status: response.status, kept, cost: extensions?.cost?.cost, limit: response.headers.get("ratelimit-limit"), rest };
}

const visitor = credentialsOf({ userId: null, workspaceId: null, role: "VISITOR" });
const wrongId = Buffer.from("Run:none").toString("base64url");

/** Name, text of the document, rest of the request body, and headers. */
const requests: readonly [string, string, object, Readonly<Record<string, string>>][] = [
  ["nothing but the root's type", "{ __typename }", {}, {}],
  ["data", "{ runs { nodes { key } totalCount } }", {}, {}],
  ["data in GraphQL's own media type", "{ a: runs { nodes { key } } }", {}, { accept: "application/graphql-response+json" }],
  ["a variable", "query ($first: Int!) { runs(first: $first) { nodes { key } } }", { variables: { first: 1 } }, {}],
  ["a variable of the wrong type", "query ($n: Int!) { runs(first: $n) { nodes { key } } }", { variables: { n: "one" } }, {}],
  ["variables that are no object", "query ($m: Int) { runs(first: $m) { nodes { key } } }", { variables: [1] }, {}],
  ["one of two operations", "query A { runs { totalCount } } query B { __typename }", { operationName: "B" }, {}],
  ["neither of two operations", "query C { runs { totalCount } } query D { __typename }", {}, {}],
  ["an operation that the document lacks", "query E { __typename }", { operationName: "F" }, {}],
  ["null for what does not exist", `{ node(id: "${wrongId}") { id } }`, {}, {}],
  ["an error of a resolver", "{ runs(first: 0) { nodes { key } } }", {}, {}],
  ["data and an error", "{ runs { totalCount } b: runs(first: 0) { totalCount } }", {}, {}],
  [
    "data and an error in GraphQL's own media type",
    "{ c: runs { totalCount } d: runs(first: 0) { totalCount } }",
    {},
    { accept: "application/graphql-response+json" },
  ],
  ["a refusal of a visitor", "{ e: runs { totalCount } }", {}, visitor],
  ["too many values", "{ experiments(first: 100) { nodes { runs(first: 100) { nodes { events: id f: id g: id h: id } } } } }", {}, {}],
  ["an introspection", "{ __schema { queryType { name } } }", {}, {}],
  ["a persisted query", "{ i: __typename }", { extensions: { persistedQuery: { version: 1, sha256Hash: "0" } } }, {}],
];

it.each(requests)("%s", async (_name, query, more, headers) => {
  const first = await post({ query, ...more }, headers);
  for (let i = 0; i < 2; i++) expect(await post({ query, ...more }, headers)).toEqual(first);
});

it("a body that is not JSON, or not an object, gets the same refusal on both routes", async () => {
  const send = async (body: string, type: string) => {
    const response = await fetch(`${api.url}/graphql`, { method: "POST", headers: { "content-type": type }, body });
    return { status: response.status, body: await response.json() };
  };
  // The direct route takes only the first of these types; the Express chain reads the second.
  for (const body of ["{", "1", '"text"', "null", "[]", "{}", '{"query": 1}', "\ufeff{}"])
    expect(await send(body, "application/json")).toEqual(await send(body, "application/json; charset=UTF-8"));
});
