/** The documents that a session, GraphiQL, an API key and a visitor may send over HTTP, event streams and WebSockets. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { createClient as createSocket } from "graphql-ws";
import { createClient, fetchExchange, subscriptionExchange } from "urql";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { WebSocket } from "ws";
import { persistedExchange } from "../../../apps/web/src/graphql/client/persistedExchange.ts";
import { createResumingSubscription } from "../../../apps/web/src/graphql/client/resumingSubscription.ts";
import { NotificationChangesDocument, SessionDocument } from "../../../apps/web/src/graphql/generated/graphql.ts";
import { type AccountsApi, accountSettings, startAccountsApi } from "../../support/accounts.ts";
import { openRawSocket } from "../../support/rawSocket.ts";

const registered = "query Known($id: ID!) { node(id: $id) { __typename } viewer { role } }";
const change = 'mutation Change { createExperiment(input: { name: "Registered" }) { __typename } }';
const hash = hashOf(registered);
const known = { data: { node: null, viewer: { role: "OWNER" } } };
const variables = { id: "RUN-9" };
const own = "{ viewer { user { name } } }";
const origin = accountSettings.publicUrl.origin;

const manifest = path.resolve(import.meta.dirname, "../../../apps/web/src/graphql/generated/persistedOperations.json");
const ofWeb = Object.values(JSON.parse(readFileSync(manifest, "utf8")) as Record<string, string>);

let api: AccountsApi;
beforeAll(async () => {
  api = await startAccountsApi({ operations: [registered, change, ...ofWeb] });
});
afterAll(() => api.close());

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

const persisted = (sha256Hash: string) => ({ extensions: { persistedQuery: { version: 1, sha256Hash } } });
type Headers = Readonly<Record<string, string>>;
const post = (body: object, headers: Headers) => api.post(JSON.stringify(body), { origin, ...headers });

async function takeToken(headers: Headers, from = origin): Promise<Response> {
  return fetch(`${api.url}/graphiql/token`, { method: "POST", headers: { origin: from, ...headers } });
}

/** Null for a sender who needs no token. */
async function tokenOf(headers: Headers): Promise<string> {
  return ((await (await takeToken(headers)).json()) as { token: string }).token;
}

const required = {
  errors: [
    {
      message: expect.stringContaining("Use an API key to send documents of your own."),
      extensions: { code: "PERSISTED_OPERATION_REQUIRED" },
    },
  ],
};
const notFound = {
  errors: [{ message: expect.stringContaining("Reload the page."), extensions: { code: "PERSISTED_OPERATION_NOT_FOUND" } }],
};

describe("a session", () => {
  it.each([
    ["as the clients of Apollo and urql name it", persisted(hash)],
    ["as GraphQL over HTTP names it", { documentId: `sha256:${hash}` }],
    ["without reading a text beside it", { ...persisted(hash), query: own }],
  ])("may send a registered operation by its hash, %s", async (_how, document) => {
    const { status, body, extensions } = await post({ ...document, variables }, api.owner);
    expect([status, body]).toEqual([200, known]);
    expect(extensions.cost.cost).toBeGreaterThan(0);
  });

  it("may send a query by GET, but no mutation", async () => {
    const get = async (documentId: string) => {
      const address = `${api.url}/graphql?${new URLSearchParams({ documentId, variables: JSON.stringify(variables) })}`;
      const response = await fetch(address, { headers: { ...api.owner, "graphql-require-preflight": "1" } });
      return [response.status, ((await response.json()) as { data?: unknown }).data];
    };
    expect(await get(`sha256:${hash}`)).toEqual([200, known.data]);
    expect(await get(`sha256:${hashOf(change)}`)).toEqual([405, undefined]);
    const byExtension = new URLSearchParams({
      extensions: JSON.stringify(persisted(hash).extensions),
      variables: JSON.stringify(variables),
    });
    const headers = { ...api.owner, "graphql-require-preflight": "1" };
    expect((await fetch(`${api.url}/graphql?${byExtension}`, { headers })).status).toBe(200);
  });

  it("may not send a document as text, not even a registered operation", async () => {
    for (const query of [own, registered]) {
      const { status, body } = await post({ query, variables }, api.owner);
      expect([status, body], query).toEqual([403, required]);
    }
    const byGet = await fetch(`${api.url}/graphql?${new URLSearchParams({ query: own })}`, {
      headers: { ...api.owner, "graphql-require-preflight": "1" },
    });
    expect(byGet.status).toBe(403);
    const stream = await fetch(`${api.url}/graphql?${new URLSearchParams({ query: own })}`, {
      headers: { ...api.owner, accept: "text/event-stream" },
    });
    expect([stream.status, await stream.json()]).toEqual([403, required]);
  });

  it.each([hashOf(own), hash.toUpperCase(), "__proto__", ""])(
    "gets an error that says what to do for the unknown hash %j",
    async (unknown) => {
      const { status, body } = await post({ ...persisted(unknown), variables }, api.owner);
      expect([status, body]).toEqual([404, notFound]);
    },
  );

  it("may subscribe by hash over an event stream and a WebSocket, but not by text", async () => {
    const address = `${api.url}/graphql?${new URLSearchParams({ documentId: `sha256:${hash}`, variables: JSON.stringify(variables) })}`;
    const stream = await fetch(address, { headers: { ...api.owner, accept: "text/event-stream" } });
    expect(await stream.text()).toContain(`data: ${JSON.stringify(known)}`);
    const socket = await openRawSocket(api.url, { headers: { ...api.owner } });
    const subscribe = (id: string, payload: object) => socket.send(JSON.stringify({ id, type: "subscribe", payload }));
    subscribe("hash", { query: "", variables, ...persisted(hash) });
    expect(await socket.answer("hash")).toMatchObject({ type: "next", payload: known });
    subscribe("text", { query: own });
    expect(await socket.answer("text")).toMatchObject({ type: "error", payload: required.errors });
    subscribe("unknown", { query: "", ...persisted(hashOf(own)) });
    expect(await socket.answer("unknown")).toMatchObject({ type: "error", payload: notFound.errors });
    await socket.close();
  });
});

describe("any document may be sent", () => {
  it("with an API key, even beside a cookie, over each transport", async () => {
    const member = await api.createMember("keyholder", "RESEARCHER");
    const token = await tokenOf(member);
    const create = 'mutation { createApiKey(input: { name: "Mine", scopes: [READ] }) { ... on CreateApiKeySuccess { secret } } }';
    const { body } = await post({ query: create }, { ...member, "x-explorer-token": token });
    const authorization = `Bearer ${body.data.createApiKey.secret}`;
    expect((await post({ query: own }, { authorization, ...member })).status).toBe(200);
    const unknown = await post({ query: own, ...persisted(hashOf(own)) }, { authorization });
    const message = "No persisted operation has this hash. Send the document as `query`, without a hash.";
    expect([unknown.status, unknown.body]).toEqual([404, { errors: [{ message, extensions: { code: "PERSISTED_OPERATION_NOT_FOUND" } }] }]);
    const stream = await fetch(`${api.url}/graphql?${new URLSearchParams({ query: own })}`, {
      headers: { authorization, accept: "text/event-stream" },
    });
    expect(stream.status).toBe(200);
    // urql sends short queries by GET, unless it is told otherwise.
    const urql = createClient({ url: `${api.url}/graphql`, exchanges: [fetchExchange], fetchOptions: { headers: { authorization } } });
    expect((await urql.query(own, {}).toPromise()).data).toEqual({ viewer: { user: { name: "keyholder" } } });
    const socket = await openRawSocket(api.url, { headers: { ...member }, connectionParams: { authorization } });
    socket.subscribe("own", own);
    expect(await socket.answer("own")).toMatchObject({ type: "next" });
    await socket.close();
  });

  it("by a visitor, who has no rights that a page could abuse", async () => {
    const { status, body } = await post({ query: "{ __typename }" }, {});
    expect([status, body]).toEqual([200, { data: { __typename: "Query" } }]);
    expect((await post({ query: own }, {})).body.errors[0].extensions.code).toBe("UNAUTHENTICATED");
    expect((await post({ ...persisted(hash), variables }, {})).body.errors[0].extensions.code).toBe("UNAUTHENTICATED");
  });
});

describe("the explorer's token", () => {
  it("lets its session send any document with its user's rights, over HTTP and a WebSocket", async () => {
    const viewer = await api.createMember("explorer", "VIEWER");
    const token = await tokenOf(viewer);
    const { status, body } = await post({ query: own }, { ...viewer, "x-explorer-token": token });
    expect([status, body]).toEqual([200, { data: { viewer: { user: { name: "explorer" } } } }]);
    const denied = 'mutation { createExperiment(input: { name: "No" }) { __typename } }';
    expect((await post({ query: denied }, { ...viewer, "x-explorer-token": token })).body.data.createExperiment.__typename).toBe(
      "ForbiddenError",
    );
    const socket = await openRawSocket(api.url, { headers: { ...viewer }, connectionParams: { explorerToken: token } });
    socket.subscribe("own", own);
    expect(await socket.answer("own")).toMatchObject({ type: "next", payload: { data: { viewer: { user: { name: "explorer" } } } } });
    await socket.close();
  });

  it("is useless without its session, in another session, when altered, or after 15 minutes", async () => {
    const token = await tokenOf(api.owner);
    const [expires = "", signature = ""] = token.split(".");
    const another = await api.createMember("another", "OWNER");
    const later = `${Number(expires) + 60_000}.${signature}`;
    expect((await post({ query: own }, { "x-explorer-token": token })).status).toBe(401);
    for (const headers of [
      { ...another, "x-explorer-token": token },
      { ...api.owner, "x-explorer-token": later },
      { ...api.owner, "x-explorer-token": "nonsense" },
    ])
      expect((await post({ query: own }, headers)).body, JSON.stringify(headers)).toEqual(required);
    const inTime = { ...api.owner, "x-explorer-token": token };
    expect((await post({ query: own }, inTime)).status).toBe(200);
    vi.useFakeTimers({ toFake: ["Date"], now: Number(expires) });
    try {
      expect((await post({ query: own }, inTime)).body).toEqual(required);
    } finally {
      vi.useRealTimers();
    }
  });

  it("expires on a WebSocket that stays open, too", async () => {
    const token = await tokenOf(api.owner);
    const socket = await openRawSocket(api.url, { headers: { ...api.owner }, connectionParams: { explorerToken: token } });
    const ask = (id: string, payload: object) => socket.send(JSON.stringify({ id, type: "subscribe", payload }));
    ask("before", { query: own });
    expect(await socket.answer("before")).toMatchObject({ type: "next" });
    vi.useFakeTimers({ toFake: ["Date"], now: Number(token.split(".")[0]) });
    try {
      ask("after", { query: own });
      const message = expect.stringMatching(/^This connection's explorer token has expired\./);
      const error = { message, extensions: { code: "PERSISTED_OPERATION_REQUIRED" } };
      expect(await socket.answer("after")).toMatchObject({ type: "error", payload: [error] });
      ask("known", { query: "", ...persisted(hash), variables });
      expect(await socket.answer("known")).toMatchObject({ type: "next", payload: known });
    } finally {
      vi.useRealTimers();
    }
    await socket.close();
  });

  it("expires with its session, which also closes a WebSocket that the token opened", async () => {
    const member = await api.createMember("leaver", "RESEARCHER");
    const token = await tokenOf(member);
    const socket = await openRawSocket(api.url, { headers: { ...member }, connectionParams: { explorerToken: token } });
    expect((await api.postAuth("/sign-out", {}, member)).status).toBe(200);
    expect((await socket.closed).code).toBe(4401);
    expect((await post({ query: own }, { ...member, "x-explorer-token": token })).status).toBe(401);
    expect(await tokenOf(member)).toBeNull();
  });

  it("is issued only to our own pages, for members; visitors and API keys need none", async () => {
    expect((await takeToken(api.owner, "https://elsewhere.example")).status).toBe(403);
    expect(await tokenOf({})).toBeNull();
    const guest = await api.createMember("guest", "RESEARCHER");
    await api.database.connection.membership.delete({ where: { id: guest.memberId } });
    expect((await takeToken(guest)).status).toBe(403);
    const create = 'mutation { createApiKey(input: { name: "Program", scopes: [READ] }) { ... on CreateApiKeySuccess { secret } } }';
    const { body } = await post({ query: create }, { ...api.owner, "x-explorer-token": await tokenOf(api.owner) });
    expect(await tokenOf({ authorization: `Bearer ${body.data.createApiKey.secret}` })).toBeNull();
  });

  it("is recorded in the audit log", async () => {
    const member = await api.createMember("audited", "LABELLER");
    const [expires] = (await tokenOf(member)).split(".");
    const entry = await api.database.connection.auditEntry.findFirstOrThrow({ where: { userId: "audited" } });
    expect(entry).toMatchObject({ action: "session:explore", subjectType: "User", subjectId: "audited", keyId: null });
    expect(entry.text).toContain(new Date(Number(expires)).toISOString());
  });
});

it("a session's own document is refused in a URL, even after more than 1,000 other parameters", async () => {
  const headers = { ...api.owner, "graphql-require-preflight": "1" };
  const response = await fetch(`${api.url}/graphql?${"a=1&".repeat(1_001)}query=${encodeURIComponent(own)}`, { headers });
  expect([response.status, await response.json()]).toEqual([403, required]);
});

it("the web application's client gets data and events by hash alone", async () => {
  const cookie = api.owner.cookie;
  const socket = createSocket({
    url: `${api.url.replace("http", "ws")}/graphql`,
    webSocketImpl: class extends WebSocket {
      constructor(address: string, protocol: string) {
        super(address, protocol, { headers: { cookie } });
      }
    },
  });
  const connection = {
    subscribe: socket.subscribe,
    onAccessChange: () => () => undefined,
  };
  const client = createClient({
    url: `${api.url}/graphql`,
    preferGetMethod: false,
    fetchOptions: { headers: { cookie, origin } },
    exchanges: [
      persistedExchange(true),
      fetchExchange,
      subscriptionExchange({ forwardSubscription: createResumingSubscription(connection) }),
    ],
  });
  expect((await client.query(SessionDocument, {}).toPromise()).data?.viewer.workspaces).toHaveLength(1);
  const first = await new Promise((resolve) => {
    const { unsubscribe } = client.subscription(NotificationChangesDocument, {}).subscribe(({ data, error }) => {
      resolve(error ?? data?.notificationChanges.unread);
      queueMicrotask(() => unsubscribe());
    });
  });
  expect(first).toBe(0);
  await socket.dispose();
});
