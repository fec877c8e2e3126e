/**
 * A WebSocket ends within five seconds when its user loses access, or gets another role: in each API process, and even if the
 * notification is lost.
 */
import { encodeGlobalId } from "@pareidolia/api/globalId/globalId";
import { localWorkspaceId } from "@pareidolia/persistence/workspaces/localWorkspace";
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { type AccountsApi, accountSettings, type Sender, startAccountsApi } from "../../../support/accounts.ts";
import { startTestApi } from "../../../support/api.ts";
import { openRawSocket, type RawSocket } from "../../../support/rawSocket.ts";
import { seedRun } from "../../../support/runs.ts";

let api: AccountsApi;
let member: { readonly cookie: string; readonly memberId: string };

beforeEach(async () => {
  api = await startAccountsApi();
  await seedRun(api.database);
  member = await api.createMember("grace", "RESEARCHER");
});
afterEach(() => api.close());

const unauthorized = 4401;
const forbidden = 4403;
const longestMilliseconds = 5_000;

/** Opens a socket with a subscription that stays open, since no worker computes the run. */
async function follow(sender: Sender, url = api.url): Promise<RawSocket> {
  const socket = await openRawSocket(url, { headers: { ...sender } });
  onTestFinished(() => socket.close());
  socket.subscribe("events", 'subscription { runEvents(runId: "RUN-1") { seq } }');
  expect(await socket.answer("events")).toMatchObject({ type: "next" });
  return socket;
}

/** The close code, or "open" if the socket is open after five seconds. */
async function endingOf(socket: RawSocket): Promise<{ code: number | "open"; reason: string }> {
  let timer: NodeJS.Timeout | undefined;
  const waited = new Promise<{ code: "open"; reason: string }>((resolve) => {
    timer = setTimeout(() => resolve({ code: "open", reason: "" }), longestMilliseconds);
  });
  const ending = await Promise.race([socket.closed, waited]);
  clearTimeout(timer);
  return ending;
}

async function isOpen(socket: RawSocket): Promise<boolean> {
  socket.subscribe("still open", "{ viewer { role } }");
  return (await socket.answer("still open").catch(() => null))?.type === "next";
}

async function mutate(field: string, input: object): Promise<void> {
  const type = field === "changeMemberRole" ? "ChangeMemberRoleInput" : "MemberInput";
  const { body } = await api.ask(api.owner, `mutation ($input: ${type}!) { ${field}(input: $input) { __typename } }`, { input });
  expect(body.data[field].__typename).toMatch(/Success$/);
}
const memberInput = () => ({ memberId: encodeGlobalId("Member", member.memberId) });

async function createKey(sender: Sender): Promise<{ readonly authorization: string; readonly id: string }> {
  const create =
    'mutation { createApiKey(input: { name: "Key", scopes: [READ] }) { ... on CreateApiKeySuccess { secret apiKey { id } } } }';
  const { secret, apiKey } = (await api.ask(sender, create)).body.data.createApiKey;
  return { authorization: `Bearer ${secret}`, id: apiKey.id };
}

describe("a member's WebSocket", () => {
  it.each([
    ["is removed", () => mutate("removeMember", memberInput()), unauthorized],
    ["is suspended", () => mutate("suspendMember", memberInput()), unauthorized],
    ["gets another role", () => mutate("changeMemberRole", { ...memberInput(), role: "VIEWER" }), forbidden],
    ["signs out", async () => void (await api.postAuth("/sign-out", {}, member)), unauthorized],
    [
      "signs out everywhere, on another device",
      async () => void (await api.postAuth("/revoke-sessions", {}, await api.signIn("grace@pareidolia.example"))),
      unauthorized,
    ],
  ])("ends when the member %s, and those of others stay open", async (_name, change, code) => {
    const [ofMember, ofOwner] = [await follow(member), await follow(api.owner)];
    await change();
    expect(await endingOf(ofMember)).toEqual({ code, reason: expect.stringMatching(/^(UNAUTHENTICATED|FORBIDDEN|NO_WORKSPACE): ./) });
    expect(await isOpen(ofOwner)).toBe(true);
  });

  it("ends when the session expires", async () => {
    const socket = await follow(member);
    await api.database.connection.session.updateMany({ where: { userId: "grace" }, data: { expiresAt: new Date(Date.now() + 500) } });
    expect((await endingOf(socket)).code).toBe(unauthorized);
  });

  it("connects again with the new role", async () => {
    const socket = await follow(member);
    await mutate("changeMemberRole", { ...memberInput(), role: "LABELLER" });
    await socket.closed;
    const again = await follow(member);
    again.subscribe("role", "{ viewer { role } }");
    expect(await again.answer("role")).toMatchObject({ payload: { data: { viewer: { role: "LABELLER" } } } });
  });

  it("is not prolonged by being open: the session expires as it would have without it", async () => {
    const { connection } = api.database;
    const expiresAt = new Date(Date.now() + 86_400_000);
    await connection.session.updateMany({ where: { userId: "grace" }, data: { expiresAt, activeWorkspaceId: localWorkspaceId } });
    const socket = await follow(member);
    await connection.session.updateMany({ where: { userId: "grace" }, data: { expiresAt } });
    // A changed column makes the server authenticate the socket again.
    await connection.session.updateMany({ where: { userId: "grace" }, data: { activeWorkspaceId: null } });
    expect(await isOpen(socket)).toBe(true);
    expect((await connection.session.findFirstOrThrow({ where: { userId: "grace" } })).expiresAt).toEqual(expiresAt);
  });
});

describe("the WebSocket of an API key", () => {
  it("ends when the key is revoked", async () => {
    const key = await createKey(member);
    const socket = await follow(key);
    await api.ask(api.owner, `mutation { revokeApiKey(input: { apiKeyId: "${key.id}" }) { __typename } }`);
    expect((await endingOf(socket)).code).toBe(unauthorized);
  });

  it("ends when the key expires", async () => {
    const key = await createKey(member);
    const socket = await follow(key);
    await api.database.connection.apiKey.updateMany({ data: { expiresAt: new Date(Date.now() + 500) } });
    expect((await endingOf(socket)).code).toBe(unauthorized);
  });

  it("ends when the workspace forbids members' keys, and an owner's stays open", async () => {
    const ofMember = await follow(await createKey(member));
    const ofOwner = await follow(await createKey(api.owner));
    await api.database.connection.workspace.updateMany({ data: { memberKeys: false } });
    expect((await endingOf(ofMember)).code).toBe(unauthorized);
    expect(await isOpen(ofOwner)).toBe(true);
  });
});

it("a WebSocket of another API process ends too", async () => {
  const beside = await startTestApi({ accounts: accountSettings, beside: api });
  try {
    const socket = await follow(member, beside.url);
    await mutate("suspendMember", memberInput());
    expect((await endingOf(socket)).code).toBe(unauthorized);
  } finally {
    await beside.close();
  }
});

describe("when the notification is lost", () => {
  it("the WebSocket ends all the same, within five seconds", async () => {
    const deaf = await startTestApi({ accounts: accountSettings, beside: api, losesNotifications: true });
    try {
      const socket = await follow(member, deaf.url);
      await mutate("suspendMember", memberInput());
      expect((await endingOf(socket)).code).toBe(unauthorized);
    } finally {
      await deaf.close();
    }
  });

  it("no further operation on the WebSocket is executed, not even at once", async () => {
    const deaf = await startTestApi({ accounts: accountSettings, beside: api, losesNotifications: true });
    try {
      const socket = await follow(member, deaf.url);
      await mutate("suspendMember", memberInput());
      socket.subscribe("after", "{ viewer { role } }");
      await endingOf(socket);
      expect(socket.received.filter(({ id, type }) => id === "after" && type === "next")).toEqual([]);
    } finally {
      await deaf.close();
    }
  });
});
