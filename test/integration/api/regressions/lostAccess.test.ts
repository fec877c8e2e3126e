/**
 * WebSockets and event streams end within seconds when their user loses access or changes role: in each API process, and even if the
 * notification is lost.
 */
import { encodeGlobalId } from "@pareidolia/api/globalId/globalId";
import { localWorkspaceId } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { type AccountsApi, accountSettings, type Sender, startAccountsApi } from "../../../support/accounts.ts";
import { startTestApi } from "../../../support/api.ts";
import { openEventStream } from "../../../support/eventStream.ts";
import { openRawSocket, type RawSocket } from "../../../support/rawSocket.ts";
import { seedRun } from "../../../support/runs.ts";

let api: AccountsApi;
beforeAll(async () => {
  api = await startAccountsApi();
  await seedRun(api.database);
});
afterAll(() => api.close());

interface Member {
  readonly cookie: string;
  readonly memberId: string;
  readonly userId: string;
}
let members = 0;
/** A new researcher for each test. */
async function addMember(): Promise<Member> {
  members += 1;
  const userId = `member-${members}`;
  return { ...(await api.createMember(userId, "RESEARCHER")), userId };
}

const unauthorized = 4401;
const forbidden = 4403;
/** The API checks every three seconds; a loaded machine may take longer. */
const patience = { timeout: 30_000 };
const events = 'subscription { runEvents(runId: "RUN-1") { seq } }';

interface Followed {
  /** Why the API closed the connection; null while it is open. */
  ending(): string | null;
  /** Whether the connection still receives events. */
  isOpen(): Promise<boolean>;
}

/** Opens a socket with a subscription that stays open, since no worker computes the run. */
async function openSocket(sender: Sender, url = api.url): Promise<RawSocket> {
  const socket = await openRawSocket(url, { headers: { ...sender } });
  onTestFinished(() => socket.close());
  socket.subscribe("events", events);
  expect(await socket.answer("events")).toMatchObject({ type: "next" });
  return socket;
}

async function isAnswered(socket: RawSocket): Promise<boolean> {
  socket.subscribe("still open", "{ viewer { role } }");
  return (await socket.answer("still open").catch(() => null))?.type === "next";
}

const protocols: Readonly<Record<string, (sender: Sender, url?: string) => Promise<Followed>>> = {
  async "a WebSocket"(sender, url) {
    const socket = await openSocket(sender, url);
    let ending: string | null = null;
    // Each close code needs a reason of the same meaning.
    const codes: Readonly<Record<number, RegExp>> = { [unauthorized]: /^(UNAUTHENTICATED|NO_WORKSPACE): ./, [forbidden]: /^FORBIDDEN: ./ };
    void socket.closed.then(({ code, reason }) => {
      ending = codes[code]?.test(reason) === true ? (reason.split(":")[0] ?? "") : `${code} ${reason}`;
    });
    return { ending: () => ending, isOpen: () => isAnswered(socket) };
  },
  async "an event stream"(sender, url = api.url) {
    const stream = await openEventStream(url, { query: events, headers: { ...sender } });
    onTestFinished(() => stream.cut());
    await stream.next();
    let hasEnded = false;
    void stream.ended.then(() => {
      hasEnded = true;
    });
    return {
      ending: () => (hasEnded ? String(stream.events.at(-2)?.data?.errors?.[0]?.extensions?.code) : null),
      isOpen: async () => !hasEnded,
    };
  },
};

async function mutate(field: string, input: object): Promise<void> {
  const type = field === "changeMemberRole" ? "ChangeMemberRoleInput" : "MemberInput";
  const { body } = await api.ask(api.owner, `mutation ($input: ${type}!) { ${field}(input: $input) { __typename } }`, { input });
  expect(body.data[field].__typename).toMatch(/Success$/);
}
const inputOf = ({ memberId }: Member) => ({ memberId: encodeGlobalId("Member", memberId) });

async function createKey(sender: Sender): Promise<{ readonly authorization: string; readonly id: string }> {
  const create =
    'mutation { createApiKey(input: { name: "Key", scopes: [READ] }) { ... on CreateApiKeySuccess { secret apiKey { id } } } }';
  const { secret, apiKey } = (await api.ask(sender, create)).body.data.createApiKey;
  return { authorization: `Bearer ${secret}`, id: apiKey.id };
}

const soon = () => new Date(Date.now() + 500);
const sessionsOf = ({ userId }: Member) => ({ where: { userId } });

const changesOfMembers: readonly (readonly [how: string, change: (member: Member) => Promise<unknown>, code: string])[] = [
  ["is removed", (member) => mutate("removeMember", inputOf(member)), "NO_WORKSPACE"],
  ["is suspended", (member) => mutate("suspendMember", inputOf(member)), "NO_WORKSPACE"],
  ["gets another role", (member) => mutate("changeMemberRole", { ...inputOf(member), role: "VIEWER" }), "FORBIDDEN"],
  ["signs out", (member) => api.postAuth("/sign-out", {}, { cookie: member.cookie }), "UNAUTHENTICATED"],
  [
    "signs out everywhere, on another device",
    async ({ userId }) => api.postAuth("/revoke-sessions", {}, await api.signIn(`${userId}@pareidolia.example`)),
    "UNAUTHENTICATED",
  ],
  ["loses the session", (member) => api.database.connection.session.deleteMany(sessionsOf(member)), "UNAUTHENTICATED"],
  [
    "has a session that expires",
    (member) => api.database.connection.session.updateMany({ ...sessionsOf(member), data: { expiresAt: soon() } }),
    "UNAUTHENTICATED",
  ],
];

type Key = Awaited<ReturnType<typeof createKey>>;

const changesOfKeys: readonly (readonly [how: string, change: (key: Key, member: Member) => Promise<unknown>, code: string])[] = [
  [
    "is revoked",
    ({ id }) => api.ask(api.owner, `mutation { revokeApiKey(input: { apiKeyId: "${id}" }) { __typename } }`),
    "UNAUTHENTICATED",
  ],
  [
    "expires",
    (_key, { userId }) => api.database.connection.apiKey.updateMany({ where: { userId }, data: { expiresAt: soon() } }),
    "UNAUTHENTICATED",
  ],
  ["belongs to a member who is suspended", (_key, member) => mutate("suspendMember", inputOf(member)), "UNAUTHENTICATED"],
  [
    "belongs to a member who gets another role",
    (_key, member) => mutate("changeMemberRole", { ...inputOf(member), role: "VIEWER" }),
    "FORBIDDEN",
  ],
];

describe.each(Object.entries(protocols))("%s", (_protocol, open) => {
  it.each(changesOfMembers)("ends when its member %s, and other members' connections stay open", async (_how, change, code) => {
    const member = await addMember();
    const [ofMember, ofOwner] = [await open({ cookie: member.cookie }), await open(api.owner)];
    await change(member);
    await expect.poll(ofMember.ending, patience).toBe(code);
    expect(await ofOwner.isOpen()).toBe(true);
  });

  it.each(changesOfKeys)("ends when its API key %s", async (_how, change, code) => {
    const member = await addMember();
    const key = await createKey({ cookie: member.cookie });
    const followed = await open({ authorization: key.authorization });
    await change(key, member);
    await expect.poll(followed.ending, patience).toBe(code);
  });

  it("ends when the workspace forbids members' API keys, and an owner's connection stays open", async () => {
    const member = await addMember();
    const ofMember = await open({ authorization: (await createKey({ cookie: member.cookie })).authorization });
    const ofOwner = await open({ authorization: (await createKey(api.owner)).authorization });
    const { connection } = api.database;
    await connection.workspace.updateMany({ data: { memberKeys: false } });
    try {
      await expect.poll(ofMember.ending, patience).toBe("UNAUTHENTICATED");
      expect(await ofOwner.isOpen()).toBe(true);
    } finally {
      await connection.workspace.updateMany({ data: { memberKeys: true } });
    }
  });

  it("ends in another API process, too", async () => {
    const beside = await startTestApi({ accounts: accountSettings, beside: api });
    onTestFinished(() => beside.close());
    const member = await addMember();
    const followed = await open({ cookie: member.cookie }, beside.url);
    await mutate("suspendMember", inputOf(member));
    await expect.poll(followed.ending, patience).toBe("NO_WORKSPACE");
  });

  it("ends even if the notification is lost", async () => {
    const deaf = await startTestApi({ accounts: accountSettings, beside: api, losesNotifications: true });
    onTestFinished(() => deaf.close());
    const member = await addMember();
    const followed = await open({ cookie: member.cookie }, deaf.url);
    await mutate("suspendMember", inputOf(member));
    await expect.poll(followed.ending, patience).toBe("NO_WORKSPACE");
  });
});

describe("a member's WebSocket", () => {
  it("connects again with the new role", async () => {
    const member = await addMember();
    const socket = await openSocket({ cookie: member.cookie });
    await mutate("changeMemberRole", { ...inputOf(member), role: "LABELLER" });
    await socket.closed;
    const again = await openSocket({ cookie: member.cookie });
    again.subscribe("role", "{ viewer { role } }");
    expect(await again.answer("role")).toMatchObject({ payload: { data: { viewer: { role: "LABELLER" } } } });
  });

  it("is not prolonged by being open: the session expires as it would have without it", async () => {
    const { connection } = api.database;
    const member = await addMember();
    const where = { userId: member.userId };
    const expiresAt = new Date(Date.now() + 86_400_000);
    await connection.session.updateMany({ where, data: { expiresAt, activeWorkspaceId: localWorkspaceId } });
    const socket = await openSocket({ cookie: member.cookie });
    await connection.session.updateMany({ where, data: { expiresAt } });
    // A changed column makes the server authenticate the socket again.
    await connection.session.updateMany({ where, data: { activeWorkspaceId: null } });
    expect(await isAnswered(socket)).toBe(true);
    expect((await connection.session.findFirstOrThrow({ where })).expiresAt).toEqual(expiresAt);
  });

  it("executes no operation after losing access, even if the notification is lost", async () => {
    const deaf = await startTestApi({ accounts: accountSettings, beside: api, losesNotifications: true });
    onTestFinished(() => deaf.close());
    const member = await addMember();
    const socket = await openSocket({ cookie: member.cookie }, deaf.url);
    await mutate("suspendMember", inputOf(member));
    socket.subscribe("after", "{ viewer { role } }");
    expect((await socket.closed).code).toBe(unauthorized);
    expect(socket.received.filter(({ id, type }) => id === "after" && type === "next")).toEqual([]);
  });

  it("is refused if a page of another origin opens it with the member's cookie", async () => {
    const member = await addMember();
    for (const origin of ["https://attacker.example", "null"])
      await expect(openRawSocket(api.url, { headers: { cookie: member.cookie, origin } })).rejects.toThrow("401");
    const own = await openRawSocket(api.url, { headers: { cookie: member.cookie, origin: accountSettings.publicUrl.origin } });
    expect(own.accepted).toBe(true);
    await own.close();
  });
});
