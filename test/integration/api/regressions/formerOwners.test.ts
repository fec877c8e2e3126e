/** What former owners must not keep: the links that they created, and the requests that were waiting when they lost the role. */
import { encodeGlobalId } from "@pareidolia/api/globalId/globalId";
import { localWorkspaceId } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type AccountsApi, password, type Sender, startAccountsApi } from "../../../support/accounts.ts";
import { withClient } from "../../../support/postgresServer.ts";

let api: AccountsApi;
beforeAll(async () => {
  api = await startAccountsApi();
});
afterAll(() => api.close());

interface Person {
  readonly name: string;
  readonly cookie: string;
  readonly memberId: string;
}
let people = 0;
async function addPerson(role: "OWNER" | "VIEWER"): Promise<Person> {
  people += 1;
  const name = `person-${people}`;
  const { cookie, memberId } = await api.createMember(name, role);
  return { name, cookie, memberId: encodeGlobalId("Member", memberId) };
}

const inputs = {
  changeMemberRole: "ChangeMemberRoleInput",
  inviteMember: "InviteMemberInput",
  removeMember: "MemberInput",
  revokeInvitation: "RevokeInvitationInput",
  renameWorkspace: "RenameWorkspaceInput",
  restoreMember: "MemberInput",
  suspendMember: "MemberInput",
  transferWorkspace: "TransferWorkspaceInput",
  undoRemoveMember: "UndoRemoveMemberInput",
} as const;
type Field = keyof typeof inputs;

async function mutate(sender: Sender, field: Field, input: object): Promise<{ readonly __typename: string; readonly link?: string }> {
  const link = field === "inviteMember" ? "... on InviteMemberSuccess { link }" : "";
  const { body } = await api.ask(sender, `mutation ($input: ${inputs[field]}!) { ${field}(input: $input) { __typename ${link} } }`, {
    input,
  });
  return body.data[field];
}

async function succeed(...request: Parameters<typeof mutate>): Promise<string> {
  const { __typename, link = "" } = await mutate(...request);
  expect(__typename).toMatch(/Success$/);
  return link;
}

let guests = 0;
/** Returns the token of the link. */
async function invite(sender: Sender): Promise<string> {
  guests += 1;
  return (await succeed(sender, "inviteMember", { email: `guest-${guests}@pareidolia.example`, role: "OWNER" })).split("/join/")[1] ?? "";
}
const join = async (token: string): Promise<number> => (await api.postAuth("/join", { token, name: "Guest", password })).status;

const setRole = (sender: Sender, { memberId }: Person, role: string) => succeed(sender, "changeMemberRole", { memberId, role });

const endings: readonly (readonly [how: string, end: (former: Person) => Promise<unknown>])[] = [
  ["is given another role", (former) => setRole(api.owner, former, "VIEWER")],
  ["steps down", (former) => setRole(former, former, "RESEARCHER")],
  ["transfers the workspace", async (former) => succeed(former, "transferWorkspace", { memberId: (await addPerson("VIEWER")).memberId })],
];

describe("the link of an invitation by an owner", () => {
  it.each(endings)("admits no one once the owner %s, even if they are made owner again", async (_how, end) => {
    const former = await addPerson("OWNER");
    const tokens = [await invite(former), await invite(former)];
    const ofAnother = await invite(api.owner);
    await end(former);
    const [first = "", second = ""] = tokens;
    expect(await join(first)).toBe(404);
    await setRole(api.owner, former, "OWNER");
    expect(await join(second)).toBe(404);
    expect(await join(ofAnother)).toBe(201);
  });

  it("admits no one once the owner is removed, even if the removal is undone", async () => {
    const former = await addPerson("OWNER");
    const token = await invite(former);
    await succeed(api.owner, "removeMember", { memberId: former.memberId });
    await succeed(api.owner, "undoRemoveMember", { userId: encodeGlobalId("User", former.name) });
    expect(await join(token)).toBe(404);
  });

  it("works while they stay an owner", async () => {
    const owner = await addPerson("OWNER");
    const token = await invite(owner);
    await setRole(api.owner, owner, "OWNER");
    expect(await join(token)).toBe(201);
  });
});

/** Runs `change` while the request waits for the lock of the workspace, or after its answer if it does not wait. */
async function changeDuring<Answer>(request: () => Promise<Answer>, change: string, userId: string): Promise<Answer> {
  return withClient(api.databaseUrl, async (client) => {
    await client.query("BEGIN");
    await client.query("SELECT 1 FROM workspaces WHERE id = $1 FOR NO KEY UPDATE", [localWorkspaceId]);
    let isAnswered = false;
    const answer = request().finally(() => {
      isAnswered = true;
    });
    const isWaiting = async () => {
      const [{ waiting }] = await api.database.connection.$queryRaw<[{ waiting: number }]>`
        SELECT count(*)::int AS waiting FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
      return waiting > 0;
    };
    await expect.poll(async () => isAnswered || (await isWaiting()), { timeout: 20_000 }).toBe(true);
    await client.query(change, [userId]);
    await client.query("COMMIT");
    return answer;
  });
}

/** What the requests would change. */
async function readState(): Promise<unknown> {
  const { connection } = api.database;
  const orderBy = { id: "asc" } as const;
  return {
    members: await connection.membership.findMany({ orderBy }),
    invitations: await connection.invitation.findMany({ orderBy }),
    workspaces: await connection.workspace.findMany({ orderBy, select: { id: true, name: true } }),
    entries: await connection.auditEntry.count(),
  };
}

async function removePerson(): Promise<Person> {
  const person = await addPerson("VIEWER");
  await succeed(api.owner, "removeMember", { memberId: person.memberId });
  return person;
}

async function openInvitation(): Promise<string> {
  await invite(api.owner);
  const { id } = await api.database.connection.invitation.findFirstOrThrow({ orderBy: { createdAt: "desc" } });
  return encodeGlobalId("Invitation", id);
}

const requests: Readonly<Record<Field, () => Promise<object>>> = {
  changeMemberRole: async () => ({ memberId: (await addPerson("VIEWER")).memberId, role: "OWNER" }),
  inviteMember: async () => ({ email: `late-${people}@pareidolia.example`, role: "OWNER" }),
  revokeInvitation: async () => ({ invitationId: await openInvitation() }),
  removeMember: async () => ({ memberId: (await addPerson("OWNER")).memberId }),
  renameWorkspace: async () => ({ workspaceId: encodeGlobalId("Workspace", localWorkspaceId), name: "Late" }),
  restoreMember: async () => ({ memberId: (await addPerson("VIEWER")).memberId }),
  suspendMember: async () => ({ memberId: (await addPerson("VIEWER")).memberId }),
  transferWorkspace: async () => ({ memberId: (await addPerson("VIEWER")).memberId }),
  undoRemoveMember: async () => ({ userId: encodeGlobalId("User", (await removePerson()).name) }),
};

const losses = {
  removed: "DELETE FROM memberships WHERE user_id = $1",
  suspended: "UPDATE memberships SET suspended_at = now() WHERE user_id = $1",
  "given another role": "UPDATE memberships SET role = 'VIEWER' WHERE user_id = $1",
  "signed out": "DELETE FROM sessions WHERE user_id = $1",
} as const;

describe.each(Object.entries(requests))("%s", (field, inputOf) => {
  it.each(Object.entries(losses))("changes nothing for an owner who is %s while the request waits", async (_how, change) => {
    const former = await addPerson("OWNER");
    const input = await inputOf();
    const others = async () => {
      const state = (await readState()) as { members: readonly { userId: string }[] };
      return { ...state, members: state.members.filter(({ userId }) => userId !== former.name) };
    };
    const before = await others();
    const { __typename } = await changeDuring(() => mutate(former, field as Field, input), change, former.name);
    expect(__typename).toBe("ForbiddenError");
    expect(await others()).toEqual(before);
  });

  it("succeeds for an owner who stays one", async () => {
    const owner = await addPerson("OWNER");
    const { __typename } = await changeDuring(
      async () => mutate(owner, field as Field, await inputOf()),
      "SELECT 1 FROM memberships WHERE user_id = $1",
      owner.name,
    );
    expect(__typename).toMatch(/Success$/);
  });
});
