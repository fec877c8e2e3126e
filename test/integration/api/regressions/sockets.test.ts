/** WebSockets that must not be served: each test is one of the known ways to get at another user's events. */
import { encodeGlobalId } from "@pareidolia/api/globalId/globalId";
import { localWorkspaceId } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { WebSocket } from "ws";
import { type AccountsApi, accountSettings, startAccountsApi } from "../../../support/accounts.ts";
import { createStranger, credentialsOf, localOwner, stranger } from "../../../support/actors.ts";
import { startTestApi, type TestApi } from "../../../support/api.ts";
import { whileLocked } from "../../../support/postgresServer.ts";
import { openRawSocket, type SocketCredentials } from "../../../support/rawSocket.ts";
import { seedRun } from "../../../support/runs.ts";

const follow = (runId: string): string => `subscription { runEvents(runId: "${runId}") { seq runId } }`;

describe("a WebSocket of a signed-in user", () => {
  let api: AccountsApi;
  beforeAll(async () => {
    api = await startAccountsApi();
    await seedRun(api.database);
  });
  afterAll(() => api.close());

  const open = async (credentials: SocketCredentials) => {
    const socket = await openRawSocket(api.url, credentials);
    onTestFinished(() => socket.close());
    return socket;
  };

  it.each(["https://attacker.example", "http://127.0.0.1:1", "null", "not a URL"])("WebSocket from another origin: %s", async (origin) => {
    await expect(open({ headers: { ...api.owner, origin } })).rejects.toThrow("401");
    const own = await open({ headers: { ...api.owner, origin: accountSettings.publicUrl.origin } });
    expect(own.accepted).toBe(true);
  });

  it("WebSocket with forged connection parameters", async () => {
    const actor = { userId: "user_local", workspaceId: localWorkspaceId, role: "OWNER" };
    const token = api.owner.cookie.split("=")[1];
    const forged = [
      actor,
      { actor },
      { headers: api.owner },
      { cookie: api.owner.cookie },
      { Cookie: api.owner.cookie },
      { authorization: credentialsOf(localOwner).authorization },
      { authorization: `Bearer ${token}` },
      { authorization: { toString: "Bearer" } },
      { authorization: ["Bearer pdl_0"] },
    ];
    for (const connectionParams of forged) {
      const socket = await open({ connectionParams });
      expect([socket.accepted, (await socket.closed).code], JSON.stringify(connectionParams)).toEqual([false, 4401]);
    }
  });

  it("WebSocket with forged connection parameters beside a valid cookie: the role stays the cookie's", async () => {
    const viewer = await api.createMember("viewer", "VIEWER");
    const connectionParams = { userId: "user_local", role: "OWNER", actor: { role: "OWNER" } };
    const socket = await open({ headers: { cookie: viewer.cookie }, connectionParams });
    socket.subscribe("role", "{ viewer { role user { name } } }");
    expect(await socket.answer("role")).toMatchObject({ payload: { data: { viewer: { role: "VIEWER", user: { name: "viewer" } } } } });
  });

  it("WebSocket subscription started before init", async () => {
    const socket = new WebSocket(`${api.url.replace("http", "ws")}/graphql`, "graphql-transport-ws", { headers: { ...api.owner } });
    onTestFinished(() => socket.terminate());
    const messages: string[] = [];
    socket.on("message", (data: Buffer) => messages.push(data.toString()));
    await new Promise((resolve) => socket.once("open", resolve));
    const closed = new Promise<number>((resolve) => socket.once("close", resolve));
    const operation = { id: "early", type: "subscribe", payload: { query: follow("RUN-1") } };
    // The initialisation is still being authenticated when the operation arrives.
    await whileLocked(api.databaseUrl, "users", async () => {
      socket.send(JSON.stringify({ type: "connection_init" }));
      socket.send(JSON.stringify(operation));
      expect(await closed).toBe(4401);
    });
    expect(messages.filter((message) => message.includes("early"))).toEqual([]);
  });

  it("more subscriptions than the cap", async () => {
    const socket = await open({ headers: { ...api.owner } });
    for (let i = 0; i < 60; i++) socket.subscribe(`s${i}`, follow("RUN-1"));
    const refused = (await Promise.all(Array.from({ length: 60 }, (_, i) => socket.answer(`s${i}`)))).filter(
      ({ type }) => type === "error",
    );
    expect(refused.map(({ id }) => id)).toEqual(Array.from({ length: 10 }, (_, i) => `s${i + 50}`));
    for (const { payload } of refused) expect(payload).toMatchObject([{ extensions: { code: "TOO_MANY_OPERATIONS" } }]);
  });
});

describe("two subscribers of different workspaces", () => {
  let api: TestApi;
  let ids: { readonly own: string; readonly others: string };
  beforeAll(async () => {
    api = await startTestApi();
    const own = await seedRun(api.database);
    const others = await seedRun(api.database, { seed: 2 });
    await createStranger(api.database);
    const { experimentId } = await api.database.connection.run.findUniqueOrThrow({ where: { id: others } });
    await api.database.connection.experiment.update({ where: { id: experimentId }, data: { workspaceId: stranger.workspaceId } });
    await api.database.connection.run.update({ where: { id: others }, data: { workspaceId: stranger.workspaceId } });
    ids = { own: encodeGlobalId("Run", own), others: encodeGlobalId("Run", others) };
  });
  afterAll(() => api.close());

  it("one subscriber receiving another workspace's event", async () => {
    const sockets = await Promise.all([localOwner, stranger].map((actor) => openRawSocket(api.url, { headers: credentialsOf(actor) })));
    onTestFinished(async () => void (await Promise.all(sockets.map((socket) => socket.close()))));
    const [ofOwner, ofStranger] = sockets;
    for (const socket of sockets) {
      for (const [name, id] of Object.entries(ids)) socket.subscribe(name, follow(id));
      socket.subscribe("by key", follow("RUN-1"));
    }
    await Promise.all([ofOwner?.answer("own"), ofStranger?.answer("others")]);
    for (const [socket, name] of [
      [ofOwner, "others"],
      [ofStranger, "own"],
    ] as const)
      expect(await socket?.answer(name)).toMatchObject({ payload: { errors: [{ extensions: { code: "NOT_FOUND" } }] } });
    for (const [actor, key] of [
      [localOwner, ids.own],
      [stranger, ids.others],
    ] as const)
      expect(
        (await api.query(`mutation { pauseRun(input: { runId: "${key}" }) { __typename } }`, {}, actor)).body.data.pauseRun.__typename,
      ).toBe("PauseRunSuccess");
    const runsSeenBy = (socket: typeof ofOwner): string[] => [
      ...new Set(
        (socket?.received ?? []).flatMap(({ payload }) => {
          const { runEvents } = (payload as { data?: { runEvents?: { runId: string } } } | undefined)?.data ?? {};
          return runEvents == null ? [] : [runEvents.runId];
        }),
      ),
    ];
    await expect
      .poll(() => [ofOwner, ofStranger].map((socket) => socket?.received.filter(({ type }) => type === "next").length ?? 0))
      .toSatisfy((counts: number[]) => counts.every((count) => count >= 3));
    expect(runsSeenBy(ofOwner)).toEqual([ids.own]);
    expect(runsSeenBy(ofStranger)).toEqual([ids.others]);
  });
});
