/** Requests from a page whose host name is rebound to this machine (DNS rebinding) are refused. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestApi, type TestApi } from "../../support/api.ts";
import { requestWithHost, upgradeHeaders } from "../../support/requestWithHost.ts";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

const json = { "content-type": "application/json" };
const body = JSON.stringify({ query: "{ __typename }" });

describe.each(["evil.example", "localhost.evil.example:4100"])("a request for %s", (host) => {
  it("is refused before it reaches GraphQL, uploads or images, and writes nothing", async () => {
    const graphql = await requestWithHost(`${api.url}/graphql`, { host, method: "POST", headers: json, body });
    expect(graphql.status).toBe(421);
    expect(JSON.parse(graphql.text)).toMatchObject({ errors: [{ message: expect.stringContaining("PAREIDOLIA_HOSTS") }] });
    const headers = { "content-type": "application/octet-stream" };
    expect((await requestWithHost(`${api.url}/uploads`, { host, method: "POST", headers, body: "bytes" })).status).toBe(421);
    expect((await requestWithHost(`${api.url}/images/${"0".repeat(64)}.png`, { host })).status).toBe(421);
    expect(await api.database.connection.upload.count()).toBe(0);
  });

  it("opens no WebSocket, although its page has the same origin", async () => {
    const headers = { ...upgradeHeaders, origin: `http://${host}` };
    expect((await requestWithHost(`${api.url}/graphql`, { host, headers })).status).toBe(401);
  });
});

describe("a WebSocket that the web application forwards", () => {
  const origin = "http://pareidolia.example:3000";
  const open = (forwarded: string) =>
    requestWithHost(`${api.url}/graphql`, { host: "127.0.0.1", headers: { ...upgradeHeaders, origin, "x-forwarded-host": forwarded } });

  it("is opened only for a page of the forwarded host", async () => {
    expect((await open("pareidolia.example:3000")).status).toBe(101);
    expect((await open("localhost:3000")).status).toBe(401);
    const otherPort = { ...upgradeHeaders, origin: "http://pareidolia.example:9999", "x-forwarded-host": "pareidolia.example:3000" };
    expect((await requestWithHost(`${api.url}/graphql`, { host: "127.0.0.1", headers: otherPort })).status).toBe(401);
    const evil = { ...upgradeHeaders, origin: "http://evil.example", "x-forwarded-host": "evil.example" };
    expect((await requestWithHost(`${api.url}/graphql`, { host: "127.0.0.1", headers: evil })).status).toBe(401);
  });
});

describe.each(["localhost:4100", "127.0.0.1", "pareidolia.example"])("a request for %s", (host) => {
  it("is answered, over HTTP and WebSocket", async () => {
    const { status, text } = await requestWithHost(`${api.url}/graphql`, { host, method: "POST", headers: json, body });
    expect([status, JSON.parse(text)]).toEqual([200, { data: { __typename: "Query" }, extensions: { cost: { cost: 0 } } }]);
    const headers = { ...upgradeHeaders, origin: `http://${host}` };
    expect((await requestWithHost(`${api.url}/graphql`, { host, headers })).status).toBe(101);
  });
});
