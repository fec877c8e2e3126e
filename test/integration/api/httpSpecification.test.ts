/**
 * The rules of GraphQL over HTTP, September 2026 (https://http-spec.graphql.org/September2026/), each as a row. Two of its recommendations
 * are not followed, because graphql-http's audit demands 400 there: 422 for a document that is not valid, and for wrong variables.
 */
import { seedLocalOwner } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestApi, type TestApi } from "../../support/api.ts";
import { requestRaw } from "../../support/requestRaw.ts";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
  await seedLocalOwner(api.database.connection);
});
afterAll(() => api.close());

const json = "application/json";
const graphql = "application/graphql-response+json";
const recommended = `${graphql}, ${json};q=0.9`;
const hello = "{ __typename }";
const data = { __typename: "Query" };

interface Sent {
  readonly method?: string;
  /** Null for no header. */
  readonly accept?: string | null;
  readonly type?: string | null;
  readonly body?: unknown;
  readonly search?: Readonly<Record<string, string>>;
}

/** Neither `fetch` nor a browser can leave these headers out. */
async function send({ method = "POST", accept = graphql, type = json, body, search }: Sent) {
  const address = search === undefined ? "/graphql" : `/graphql?${new URLSearchParams(search)}`;
  const headers = {
    ...(accept === null ? {} : { accept }),
    ...(type === null || method === "GET" ? { "graphql-require-preflight": "1" } : { "content-type": type }),
  };
  const text = body === undefined ? undefined : typeof body === "string" ? body : JSON.stringify(body);
  const answer = await requestRaw(`${api.url}${address}`, { method, headers, body: text });
  if (!answer.text.startsWith("{")) return { ...answer, json: null };
  const { extensions: _, ...rest } = JSON.parse(answer.text) as Record<string, unknown>;
  return { ...answer, json: rest };
}

const typeOf = ({ headers }: { headers: Readonly<Record<string, string | undefined>> }): string => headers["content-type"] ?? "";

describe("the media type of a response", () => {
  it.each([
    ["none", null, json],
    ["*/*", "*/*", json],
    ["application/*", "application/*", json],
    [json, json, json],
    [`${json} with a charset`, `${json}; charset=utf-8`, json],
    [graphql, graphql, graphql],
    [`${graphql} with a charset`, `${graphql};charset=utf-8`, graphql],
    ["the recommended header", recommended, graphql],
    ["JSON first", `${json}, ${graphql};q=0.5`, json],
    ["what browsers send", "text/html, application/xhtml+xml, */*;q=0.8", json],
    ["GraphQL before event streams", `${graphql}; charset=utf-8, text/event-stream`, graphql],
  ])("is, when %s is accepted, the preferred one with its encoding", async (_, accept, expected) => {
    const answer = await send({ accept, body: { query: hello } });
    expect([answer.status, typeOf(answer), answer.json]).toEqual([200, `${expected}; charset=utf-8`, { data }]);
  });

  it.each(["text/html", "image/*", "application/xml", `${json};q=0`])("cannot be %s: 406, and nothing is executed", async (accept) => {
    const before = await api.database.connection.experiment.count();
    const query = 'mutation { createExperiment(input: { name: "Unread" }) { __typename } }';
    const answer = await send({ accept, body: { query } });
    expect([answer.status, answer.json?.["data"]]).toEqual([406, undefined]);
    expect(await api.database.connection.experiment.count()).toBe(before);
  });
});

describe("a POST", () => {
  it.each<[string, unknown]>([
    ["a query", { query: hello }],
    ["null for what is optional", { query: hello, operationName: null, variables: null, extensions: null }],
    ["a named operation", { query: "query a { __typename } query b { viewer { role } }", operationName: "a" }],
    ["variables", { query: "query ($yes: Boolean!) { __typename @include(if: $yes) }", variables: { yes: true } }],
    ["extensions", { query: hello, extensions: { "example.client": 1 } }],
    ["properties that are not defined", { query: hello, id: 7, future: [] }],
    ["a charset", { query: hello }],
  ])("may have %s", async (name, body) => {
    const answer = await send({ body, type: name === "a charset" ? `${json}; charset=UTF-8` : json });
    expect([answer.status, answer.json]).toEqual([200, { data }]);
  });

  it("is read as UTF-8, and answered in it", async () => {
    const query = "query ($name: String!) { experiments(search: $name) { totalCount } }";
    const answer = await send({ body: { query, variables: { name: "Größe 😀" } } });
    expect(answer.status).toBe(200);
  });

  it.each<[string, number, Sent]>([
    ["no content type", 415, { type: null, body: { query: hello } }],
    ["a form", 415, { type: "application/x-www-form-urlencoded", body: "query=%7B__typename%7D" }],
    ["a multipart form", 415, { type: "multipart/form-data; boundary=a", body: "--a--" }],
    ["plain text, as a page of another site can send it", 415, { type: "text/plain", body: { query: hello } }],
    ["application/graphql", 415, { type: "application/graphql", body: hello }],
    ["another charset", 415, { type: `${json}; charset=iso-8859-1`, body: { query: hello } }],
    ["no JSON", 400, { body: "NONSENSE" }],
    ["half of a JSON text", 400, { body: '{"query":' }],
    ["no body", 400, {}],
    ["a list, since there are no batches", 400, { body: [{ query: hello }] }],
    ["no query", 400, { body: { qeury: hello } }],
    ["an empty query", 400, { body: { query: "" } }],
    ...[7, true, ["a"], { a: 1 }].map((query): [string, number, Sent] => [`the query ${JSON.stringify(query)}`, 400, { body: { query } }]),
    ...[7, true, ["a"], { a: 1 }].map((operationName): [string, number, Sent] => [
      `the operation name ${JSON.stringify(operationName)}`,
      400,
      { body: { query: hello, operationName } },
    ]),
    ...[7, true, ["a"], "a"].map((variables): [string, number, Sent] => [
      `the variables ${JSON.stringify(variables)}`,
      400,
      { body: { query: hello, variables } },
    ]),
    ...[7, true, ["a"], "a"].map((extensions): [string, number, Sent] => [
      `the extensions ${JSON.stringify(extensions)}`,
      400,
      { body: { query: hello, extensions } },
    ]),
    ["more than 1 MB", 413, { body: { query: `{ __typename } #${"x".repeat(1_100_000)}` } }],
  ])("with %s is refused with %i and without data", async (_, status, sent) => {
    const answer = await send(sent);
    expect([answer.status, answer.json === null ? null : Object.keys(answer.json)]).toEqual([status, ["errors"]]);
  });
});

describe("a GET", () => {
  it("without a header that only programs and our own pages can send is refused, because a page of another site could send it", async () => {
    const { status } = await requestRaw(`${api.url}/graphql?query=%7B__typename%7D`, { method: "GET", headers: { accept: graphql } });
    expect(status).toBe(400);
  });

  it("with the credentials of a browser's password prompt is refused, because a browser adds them for pages of other sites, too", async () => {
    const headers = { accept: graphql, authorization: "Basic YTpi" };
    const { status } = await requestRaw(`${api.url}/graphql?query=%7B__typename%7D`, { method: "GET", headers });
    expect(status).toBe(401);
  });

  it("may have question marks that are not encoded", async () => {
    const query = '{__typename+experiments(search:"?"){totalCount}}';
    const headers = { accept: graphql, "graphql-require-preflight": "1" };
    const { text } = await requestRaw(
      `${api.url}/graphql?query=${query.replaceAll('"', "%22").replaceAll("{", "%7B").replaceAll("}", "%7D")}`,
      { method: "GET", headers },
    );
    expect(JSON.parse(text).data).toEqual({ __typename: "Query", experiments: { totalCount: 0 } });
  });

  const get = (search: Readonly<Record<string, string>>): ReturnType<typeof send> => send({ method: "GET", search });

  it.each<[string, Readonly<Record<string, string>>]>([
    ["a query", { query: hello }],
    ["empty strings for what is optional", { query: hello, operationName: "", variables: "", extensions: "" }],
    [
      "variables and extensions as JSON",
      { query: "query ($a: Boolean!) { __typename @skip(if: $a) }", variables: '{"a":false}', extensions: "{}" },
    ],
    ['an operation with the name "null"', { query: "query null { __typename } query b { viewer { role } }", operationName: "null" }],
  ])("may have %s", async (_, search) => {
    const answer = await get(search);
    expect([answer.status, answer.json]).toEqual([200, { data }]);
  });

  it.each<[string, number, Readonly<Record<string, string>>]>([
    ["a mutation", 405, { query: "mutation { emptyTrash { __typename } }" }],
    ["a mutation among others", 405, { query: "query a { __typename } mutation b { emptyTrash { __typename } }", operationName: "b" }],
    ["variables that are no JSON", 400, { query: hello, variables: "a" }],
    ["a list of variables", 400, { query: hello, variables: "[1]" }],
    ["no query", 400, { operationName: "a" }],
  ])("with %s is refused with %i", async (_, status, search) => {
    const answer = await get(search);
    expect([answer.status, answer.json === null ? null : Object.keys(answer.json)]).toEqual([status, ["errors"]]);
    if (status === 405) expect(answer.headers["allow"]).toContain("POST");
  });
});

describe("other methods", () => {
  it.each(["PUT", "PATCH", "DELETE"])("such as %s are refused with 405 and the methods that are allowed", async (method) => {
    const answer = await send({ method, body: { query: hello } });
    expect([answer.status, answer.headers["allow"]]).toEqual([405, "GET, HEAD, POST, OPTIONS"]);
  });
});

describe("the status of a response", () => {
  const partial = '{ __typename node(id: "nonsense") { id } }';

  it.each<[string, string, string, number]>([
    ["a document that cannot be parsed", "{", graphql, 400],
    ["a document that is not valid", "{ nothing }", graphql, 400],
    ["a variable that is missing", "query ($a: Int!) { runs(first: $a) { totalCount } }", graphql, 400],
    ["an operation that cannot be determined", "query a { __typename } query b { __typename }", graphql, 400],
    ["a document of fragments only", "fragment a on Query { __typename }", graphql, 400],
    ["a document above a limit", `{ ${"a ".repeat(12_000)} }`, graphql, 400],
    ["data and errors", partial, graphql, 294],
    ["data and errors, for clients of JSON only", partial, json, 200],
  ])("of %s (%s)", async (_, query, accept, status) => {
    const answer = await send({ accept, body: { query } });
    expect([answer.status, answer.json?.["errors"] === undefined]).toEqual([status, false]);
    expect([status, answer.json !== null && "data" in answer.json]).toEqual([status, status < 300]);
    if (status < 300) expect(answer.json?.["data"]).toEqual({ __typename: "Query", node: null });
  });

  it("is that of the error for a response whose data is null, so that proxies and clients see an outage or a missing right", async () => {
    const answer = await send({ body: { query: '{ nodes(ids: ["RUN-1"]) { id } experiments(first: 101) { totalCount } }' } });
    expect([answer.status, answer.json?.["data"]]).toEqual([400, null]);
  });
});
