/** Members of a workspace: who may change whom, what a change ends, and that an owner always remains. */
import { encodeGlobalId } from "@pareidolia/api/globalId/globalId";
import { verifyAuditLog } from "@pareidolia/persistence/access/audit/verifyAuditLog";
import { localUserId, localWorkspaceId } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type AccountsApi, type Sender, startAccountsApi } from "../../support/accounts.ts";

let api: AccountsApi;
beforeEach(async () => {
  api = await startAccountsApi();
});
afterEach(() => api.close());

const idOf = (memberId: string): string => encodeGlobalId("Member", memberId);

async function mutate(sender: Sender, field: string, input: object | null): Promise<{ __typename: string; message?: string }> {
  const type = field === "changeMemberRole" ? "ChangeMemberRoleInput" : "MemberInput";
  const [declared, given] = input === null ? ["", ""] : [`($input: ${type}!)`, "(input: $input)"];
  const { body } = await api.ask(sender, `mutation ${declared} { ${field}${given} { __typename ... on Error { message } } }`, { input });
  return body.data[field];
}

const roleOf = async (sender: Sender) => (await api.ask(sender, "{ viewer { role } }")).body.data?.viewer.role;
/** The entries about members; signing in writes entries too. */
const entriesOfMembers = () =>
  api.database.connection.auditEntry.findMany({ where: { action: { startsWith: "member:" } }, orderBy: { sequence: "asc" } });
const actionsInLog = async () => (await entriesOfMembers()).map(({ action, subjectId }) => [action, subjectId]);

describe("members", () => {
  it("are listed with their roles to every member", async () => {
    const viewer = await api.createMember("grace", "VIEWER");
    const { body } = await api.ask(viewer, "{ members { nodes { role email user { name } } totalCount } }");
    expect(body.data.members).toEqual({
      totalCount: 2,
      nodes: [
        { role: "OWNER", email: "ada@pareidolia.example", user: { name: "Ada" } },
        { role: "VIEWER", email: "grace@pareidolia.example", user: { name: "grace" } },
      ],
    });
  });

  it("say whether they may vote: not as a viewer, nor while suspended", async () => {
    await api.createMember("grace", "VIEWER");
    await api.createMember("alan", "LABELLER");
    const suspended = await api.createMember("kurt", "RESEARCHER");
    await mutate(api.owner, "suspendMember", { memberId: idOf(suspended.memberId) });
    const { body } = await api.ask(api.owner, "{ members { nodes { mayVote user { name } } } }");
    expect(body.data.members.nodes.map(({ mayVote, user }: { mayVote: boolean; user: { name: string } }) => [user.name, mayVote])).toEqual([
      ["Ada", true],
      ["grace", false],
      ["alan", true],
      ["kurt", false],
    ]);
  });

  it("are told by e-mail when an owner takes their access away or gives it back, and not when they leave", async () => {
    const member = await api.createMember("hedy", "RESEARCHER");
    for (const field of ["suspendMember", "restoreMember", "removeMember"])
      await mutate(api.owner, field, { memberId: idOf(member.memberId) });
    const leaving = await api.createMember("joan", "RESEARCHER");
    await api.ask(leaving, "mutation { leaveWorkspace { __typename } }");
    const rows = await api.database.connection.email.findMany({
      where: { subject: { startsWith: "Your access" } },
      orderBy: { createdAt: "asc" },
    });
    expect(rows.map(({ to, subject }) => `${to}: ${subject.replace(/ to .* was /, " was ")}`)).toEqual(
      ["suspended", "restored", "removed"].map((change) => `hedy@pareidolia.example: Your access was ${change}`),
    );
  });

  it.each(["changeMemberRole", "suspendMember", "restoreMember", "removeMember"])("are changed by owners only: %s", async (field) => {
    const researcher = await api.createMember("grace", "RESEARCHER");
    const { memberId } = await api.createMember("alan", "VIEWER");
    const input = { memberId: idOf(memberId), ...(field === "changeMemberRole" ? { role: "OWNER" } : {}) };
    expect(await mutate(researcher, field, input)).toMatchObject({ __typename: "ForbiddenError" });
    expect(await mutate(api.owner, field, input)).toMatchObject({
      __typename: field === "removeMember" ? "RemoveMemberSuccess" : "MemberSuccess",
    });
  });

  it("get a new role with their next request", async () => {
    const member = await api.createMember("grace", "VIEWER");
    await mutate(api.owner, "changeMemberRole", { memberId: idOf(member.memberId), role: "RESEARCHER" });
    expect(await roleOf(member)).toBe("RESEARCHER");
  });

  it("lose sessions, keys and invitations when they are removed or suspended, and may return", async () => {
    const member = await api.createMember("grace", "RESEARCHER");
    const create = `mutation { createApiKey(input: { name: "Key", scopes: [READ] }) { ... on CreateApiKeySuccess { secret } } }`;
    const { secret } = (await api.ask(member, create)).body.data.createApiKey;
    const key = { authorization: `Bearer ${secret}` };
    expect([await roleOf(member), await roleOf(key)]).toEqual(["RESEARCHER", "RESEARCHER"]);
    await mutate(api.owner, "suspendMember", { memberId: idOf(member.memberId) });
    expect([await roleOf(member), await roleOf(key)]).toEqual([undefined, undefined]);
    await mutate(api.owner, "restoreMember", { memberId: idOf(member.memberId) });
    expect([await roleOf(member), await roleOf(key)]).toEqual(["RESEARCHER", undefined]);
    await mutate(api.owner, "removeMember", { memberId: idOf(member.memberId) });
    expect(await roleOf(member)).toBeUndefined();
  });

  it("tell owners how many sessions and keys a member has, and others nothing", async () => {
    const member = await api.createMember("grace", "RESEARCHER");
    const create = `mutation { createApiKey(input: { name: "Key", scopes: [READ], expiresInDays: 1 }) { __typename } }`;
    await api.ask(member, create);
    await api.ask(member, create);
    await api.database.connection.apiKey.updateMany({ data: { expiresAt: new Date(Date.now() - 1) }, limit: 1 });
    const query = "{ members { nodes { sessionCount keyCount isOnlyOwner user { name } } } }";
    const rows = async (sender: Sender) => (await api.ask(sender, query)).body.data.members.nodes;
    expect(await rows(api.owner)).toEqual([
      { sessionCount: 1, keyCount: 0, isOnlyOwner: true, user: { name: "Ada" } },
      { sessionCount: 1, keyCount: 1, isOnlyOwner: false, user: { name: "grace" } },
    ]);
    expect(await rows(member)).toMatchObject([
      { sessionCount: null, keyCount: null },
      { sessionCount: null, keyCount: null },
    ]);
    await api.database.connection.workspace.create({ data: { id: "elsewhere", name: "Elsewhere", slug: "elsewhere" } });
    await api.database.connection.session.updateMany({ where: { userId: "grace" }, data: { activeWorkspaceId: "elsewhere" } });
    expect((await rows(api.owner))[1]).toMatchObject({ sessionCount: 0 });
  });

  it("of another workspace are hidden, and cannot be changed", async () => {
    const { connection } = api.database;
    await connection.workspace.create({ data: { id: "elsewhere", name: "Elsewhere", slug: "elsewhere" } });
    await connection.user.create({ data: { id: "eve", name: "Eve", email: "eve@pareidolia.example" } });
    await connection.membership.create({ data: { id: "membership_eve", workspaceId: "elsewhere", userId: "eve", role: "VIEWER" } });
    const memberId = idOf("membership_eve");
    for (const field of ["suspendMember", "restoreMember", "removeMember"])
      expect([field, await mutate(api.owner, field, { memberId })]).toMatchObject([field, { __typename: "NotFoundError" }]);
    expect(await mutate(api.owner, "changeMemberRole", { memberId, role: "OWNER" })).toMatchObject({ __typename: "NotFoundError" });
    expect((await api.ask(api.owner, "query ($id: ID!) { node(id: $id) { id } }", { id: memberId })).body.data.node).toBeNull();
    expect(await connection.membership.findUnique({ where: { id: "membership_eve" } })).toMatchObject({
      role: "VIEWER",
      suspendedAt: null,
    });
  });
});

describe("a removal", () => {
  const undo = async (sender: Sender, name: string) => {
    const query = `mutation ($input: UndoRemoveMemberInput!) { undoRemoveMember(input: $input) {
      __typename ... on MemberSuccess { member { role joinedAt suspendedAt keyCount } } ... on Error { message } } }`;
    return (await api.ask(sender, query, { input: { userId: encodeGlobalId("User", name) } })).body.data.undoRemoveMember;
  };

  it("is undone within ten minutes: role, suspension and the time of joining return, keys do not", async () => {
    const { connection } = api.database;
    const member = await api.createMember("grace", "RESEARCHER");
    await api.ask(member, `mutation { createApiKey(input: { name: "Key", scopes: [READ] }) { __typename } }`);
    const { createdAt } = await connection.membership.findFirstOrThrow({ where: { userId: "grace" } });
    await mutate(api.owner, "removeMember", { memberId: idOf(member.memberId) });
    const suspendedAt = null;
    expect(await undo(api.owner, "grace")).toEqual({
      __typename: "MemberSuccess",
      member: { role: "RESEARCHER", joinedAt: createdAt.toISOString(), suspendedAt, keyCount: 0 },
    });
    expect(await roleOf(member)).toBe("RESEARCHER");
    expect((await actionsInLog()).at(-1)).toEqual(["member:undoRemove", "grace"]);
    expect(await undo(api.owner, "grace")).toMatchObject({ __typename: "NotFoundError" });

    const again = await connection.membership.findFirstOrThrow({ where: { userId: "grace" } });
    await mutate(api.owner, "suspendMember", { memberId: idOf(again.id) });
    await mutate(api.owner, "removeMember", { memberId: idOf(again.id) });
    expect((await undo(api.owner, "grace")).member.suspendedAt).toEqual(expect.any(String));
    expect(await roleOf(member)).toBeUndefined();
  });

  it("is undone by owners only, and by no owner for a member who left", async () => {
    const { memberId } = await api.createMember("alan", "VIEWER");
    const researcher = await api.createMember("joan", "RESEARCHER");
    await mutate(api.owner, "removeMember", { memberId: idOf(memberId) });
    expect(await undo(researcher, "alan")).toMatchObject({ __typename: "ForbiddenError" });
    await mutate(researcher, "leaveWorkspace", null);
    expect(await undo(api.owner, "joan")).toMatchObject({ __typename: "NotFoundError", message: expect.stringContaining("Invite") });
    expect(await undo(api.owner, "stranger")).toMatchObject({ __typename: "NotFoundError" });
  });
});

describe("the last owner", () => {
  it("can neither leave nor change role", async () => {
    const memberId = idOf("membership_local");
    await api.createMember("grace", "RESEARCHER");
    const refused = { __typename: "ConflictError", message: expect.stringContaining("last owner") };
    expect(await mutate(api.owner, "leaveWorkspace", null)).toMatchObject(refused);
    expect(await mutate(api.owner, "removeMember", { memberId })).toMatchObject(refused);
    expect(await mutate(api.owner, "changeMemberRole", { memberId, role: "VIEWER" })).toMatchObject(refused);
  });

  it("remains when two owners leave at the same time", async () => {
    const second = await api.createMember("grace", "OWNER");
    const left = await Promise.all([mutate(api.owner, "leaveWorkspace", null), mutate(second, "leaveWorkspace", null)]);
    expect(left.map(({ __typename }) => __typename).sort()).toEqual(["ConflictError", "RemoveMemberSuccess"]);
    expect(await api.database.connection.membership.count({ where: { role: "OWNER" } })).toBe(1);
  });
});

it("each change is in the audit log, with the address that it came from", async () => {
  const { memberId } = await api.createMember("grace", "VIEWER");
  await mutate(api.owner, "changeMemberRole", { memberId: idOf(memberId), role: "LABELLER" });
  await mutate(api.owner, "suspendMember", { memberId: idOf(memberId) });
  await mutate(api.owner, "restoreMember", { memberId: idOf(memberId) });
  await mutate(api.owner, "removeMember", { memberId: idOf(memberId) });
  expect(await actionsInLog()).toEqual([
    ["member:join", localUserId],
    ["member:changeRole", "grace"],
    ["member:suspend", "grace"],
    ["member:restore", "grace"],
    ["member:remove", "grace"],
  ]);
  const [, first] = await entriesOfMembers();
  expect(JSON.parse(first?.text ?? "")).toMatchObject({
    before: { role: "VIEWER" },
    after: { role: "LABELLER" },
    clientAddress: expect.stringMatching(/127\.0\.0\.1$/),
  });
  expect((await verifyAuditLog(api.database.connection, localWorkspaceId)).broken).toBeNull();
});
