/** Workspaces: who may create, rename, switch, transfer, delete and restore them, and what a request gets after each. */
import { encodeGlobalId } from "@pareidolia/api/globalId/globalId";
import { verifyAuditLog } from "@pareidolia/persistence/access/audit/verifyAuditLog";
import { workspacesPerDay } from "@pareidolia/persistence/workspace/workspaces/changeWorkspace";
import { localUserId, localWorkspaceId } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { secondsToRestore } from "@pareidolia/persistence/workspace/workspaces/restoreTime";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type AccountsApi, cookieOf, password, type Sender, startAccountsApi } from "../../support/accounts.ts";
import { startTestApi } from "../../support/api.ts";
import { seedRun } from "../../support/runs.ts";
import { totpCode } from "../../support/totp.ts";

let api: AccountsApi;
beforeEach(async () => {
  api = await startAccountsApi();
});
afterEach(() => api.close());

const own = encodeGlobalId("Workspace", localWorkspaceId);
const inputs = {
  createWorkspace: "CreateWorkspaceInput",
  renameWorkspace: "RenameWorkspaceInput",
  switchWorkspace: "WorkspaceInput",
  transferWorkspace: "TransferWorkspaceInput",
  deleteWorkspace: "WorkspaceInput",
  restoreWorkspace: "WorkspaceInput",
  changeMemberRole: "ChangeMemberRoleInput",
  removeMember: "MemberInput",
  suspendMember: "MemberInput",
} as const;

interface Changed {
  readonly __typename?: string;
  readonly message?: string;
  readonly code?: string;
  readonly membership?: { readonly workspaceId: string; readonly name: string; readonly role: string; readonly isCurrent: boolean };
}

/** The payload, or the code of a top-level error. */
async function mutate(sender: Sender, field: keyof typeof inputs, input: object): Promise<Changed> {
  const membership = "... on WorkspaceSuccess { membership { workspaceId name role isCurrent } }";
  const query = `mutation ($input: ${inputs[field]}!) { ${field}(input: $input) { __typename ${field.endsWith("Workspace") ? membership : ""} ... on Error { message } } }`;
  const { body } = await api.ask(sender, query, { input });
  return body.data?.[field] ?? { code: body.errors[0].extensions.code };
}

interface ListedWorkspace {
  readonly workspaceId: string;
  readonly name: string;
  readonly role: string;
  readonly isCurrent: boolean;
  readonly deletedAt: string | null;
  readonly restorableUntil: string | null;
}

async function listWorkspaces(sender: Sender): Promise<readonly ListedWorkspace[]> {
  const { body } = await api.ask(sender, "{ viewer { workspaces { workspaceId name role isCurrent deletedAt restorableUntil } } }");
  return body.data.viewer.workspaces;
}

const currentOf = async (sender: Sender): Promise<string | undefined> =>
  (await api.ask(sender, "{ viewer { workspace { name } } }")).body.data?.viewer.workspace.name;

async function createWorkspace(sender: Sender, name: string): Promise<string> {
  return (await mutate(sender, "createWorkspace", { name })).membership?.workspaceId ?? "";
}

const rowIdOf = (globalId: string): string => Buffer.from(globalId, "base64url").toString().replace("Workspace:", "");
const logOf = async (workspaceId: string) =>
  (await api.database.connection.auditEntry.findMany({ where: { workspaceId }, orderBy: { sequence: "asc" } })).map(({ action, text }) => {
    const { before, after } = JSON.parse(text);
    return { action, before, after };
  });

describe("a workspace", () => {
  it("is created by any signed-in user, who becomes its owner and is switched to it", async () => {
    const member = await api.createMember("grace", "VIEWER");
    const created = await mutate(member, "createWorkspace", { name: "  Perception Lab " });
    expect(created.membership).toMatchObject({ name: "Perception Lab", role: "OWNER", isCurrent: true });
    expect(await currentOf(member)).toBe("Perception Lab");
    expect((await listWorkspaces(member)).map(({ name, role, isCurrent }) => [name, role, isCurrent])).toEqual([
      ["Local workspace", "VIEWER", false],
      ["Perception Lab", "OWNER", true],
    ]);
    const id = rowIdOf(created.membership?.workspaceId ?? "");
    expect(await logOf(id)).toEqual([
      {
        action: "workspace:create",
        before: null,
        after: { name: "Perception Lab", slug: expect.stringMatching(/^perception-lab-[0-9a-f]{8}$/) },
      },
    ]);
    expect(await mutate(member, "createWorkspace", { name: " " })).toMatchObject({ __typename: "InvalidInputError" });
  });

  it("is created at most ten times a day by one user, also in parallel", async () => {
    const created = await Promise.all(
      Array.from({ length: workspacesPerDay + 3 }, (_, i) => mutate(api.owner, "createWorkspace", { name: `Lab ${i}` })),
    );
    expect(created.filter(({ code }) => code === "RATE_LIMITED")).toHaveLength(3);
    expect(await api.database.connection.workspace.count()).toBe(1 + workspacesPerDay);
  });

  it("is renamed by its owners only, and only while it is the current one", async () => {
    const viewer = await api.createMember("grace", "RESEARCHER");
    expect(await mutate(viewer, "renameWorkspace", { workspaceId: own, name: "Mine" })).toMatchObject({ __typename: "ForbiddenError" });
    expect(await mutate(api.owner, "renameWorkspace", { workspaceId: own, name: "Lab" })).toMatchObject({ membership: { name: "Lab" } });
    const other = await createWorkspace(api.owner, "Other");
    expect(await mutate(api.owner, "renameWorkspace", { workspaceId: own, name: "Stale" })).toMatchObject({ __typename: "NotFoundError" });
    expect(await mutate(viewer, "renameWorkspace", { workspaceId: other, name: "Mine" })).toMatchObject({ __typename: "NotFoundError" });
    expect((await logOf(localWorkspaceId)).at(-1)).toEqual({
      action: "workspace:rename",
      before: { name: "Local workspace" },
      after: { name: "Lab" },
    });
  });

  it("is switched to by its members only, for one session", async () => {
    const other = await createWorkspace(api.owner, "Other");
    const second = await api.signIn("ada@pareidolia.example");
    expect([await currentOf(api.owner), await currentOf(second)]).toEqual(["Other", "Local workspace"]);
    expect(await mutate(api.owner, "switchWorkspace", { workspaceId: own })).toMatchObject({ membership: { isCurrent: true } });
    expect(await currentOf(api.owner)).toBe("Local workspace");
    const stranger = await api.createMember("grace", "OWNER");
    const missing = await mutate(stranger, "switchWorkspace", { workspaceId: encodeGlobalId("Workspace", "missing") });
    expect(await mutate(stranger, "switchWorkspace", { workspaceId: other })).toEqual(missing);
    expect(missing).toMatchObject({ __typename: "NotFoundError" });
  });

  it("stays the current one when a changed password or second factor replaces the session", async () => {
    await createWorkspace(api.owner, "Other");
    const change = { currentPassword: password, newPassword: "another horse battery", revokeOtherSessions: true };
    const changed = { cookie: cookieOf(await api.postAuth("/change-password", change, api.owner)) };
    expect(changed.cookie).not.toBe(api.owner.cookie);
    expect(await currentOf(changed)).toBe("Other");
    const enabled = await api.postAuth("/two-factor/enable", { password: change.newPassword }, changed);
    const { totpURI } = (await enabled.json()) as { totpURI: string };
    const verified = { cookie: cookieOf(await api.postAuth("/two-factor/verify-totp", { code: totpCode(totpURI, Date.now()) }, changed)) };
    expect(await currentOf(verified)).toBe("Other");
  });

  it("is neither created, switched, deleted nor restored by an API key, which sees only its own", async () => {
    const create = `mutation { createApiKey(input: { name: "Key", scopes: [READ, RUN, VOTE, ADMIN] }) { ... on CreateApiKeySuccess { secret } } }`;
    const { secret } = (await api.ask(api.owner, create)).body.data.createApiKey;
    const other = await createWorkspace(api.owner, "Other");
    const key = { authorization: `Bearer ${secret}` };
    expect((await listWorkspaces(key)).map(({ name }) => name)).toEqual(["Local workspace"]);
    for (const [field, input] of [
      ["createWorkspace", { name: "By key" }],
      ["switchWorkspace", { workspaceId: other }],
      ["deleteWorkspace", { workspaceId: own }],
      ["restoreWorkspace", { workspaceId: other }],
    ] as const)
      expect([field, await mutate(key, field, input)]).toMatchObject([
        field,
        { __typename: "ForbiddenError", message: expect.stringContaining("No API key") },
      ]);
    expect(await mutate(key, "renameWorkspace", { workspaceId: own, name: "By key" })).toMatchObject({ membership: { name: "By key" } });
  });
});

describe("the transfer of a workspace", () => {
  it("makes the member an owner and the owner a researcher, in one entry of the log", async () => {
    const { memberId } = await api.createMember("grace", "VIEWER");
    const input = { memberId: encodeGlobalId("Member", memberId) };
    expect(await mutate(api.owner, "transferWorkspace", input)).toMatchObject({ membership: { role: "RESEARCHER" } });
    expect(await mutate(api.owner, "transferWorkspace", input)).toMatchObject({ __typename: "ForbiddenError" });
    expect((await logOf(localWorkspaceId)).at(-1)).toEqual({
      action: "workspace:transfer",
      before: { [localUserId]: "OWNER", grace: "VIEWER" },
      after: { [localUserId]: "RESEARCHER", grace: "OWNER" },
    });
    expect((await verifyAuditLog(api.database.connection, localWorkspaceId)).broken).toBeNull();
  });

  it("is refused to the owner, to another owner, to a suspended member and across workspaces", async () => {
    const suspended = encodeGlobalId("Member", (await api.createMember("grace", "VIEWER")).memberId);
    await mutate(api.owner, "suspendMember", { memberId: suspended });
    const owner = encodeGlobalId("Member", (await api.createMember("alan", "OWNER")).memberId);
    for (const memberId of [suspended, owner, encodeGlobalId("Member", "membership_local")])
      expect(await mutate(api.owner, "transferWorkspace", { memberId })).toMatchObject({ __typename: "ConflictError" });
    await createWorkspace(api.owner, "Other");
    expect(await mutate(api.owner, "transferWorkspace", { memberId: owner })).toMatchObject({ __typename: "NotFoundError" });
  });

  it("leaves an owner when two owners transfer to each other's member at the same time", async () => {
    const second = await api.createMember("alan", "OWNER");
    const memberId = encodeGlobalId("Member", (await api.createMember("grace", "VIEWER")).memberId);
    await Promise.all([mutate(api.owner, "transferWorkspace", { memberId }), mutate(second, "transferWorkspace", { memberId })]);
    expect(await api.database.connection.membership.count({ where: { role: "OWNER" } })).toBe(2);
  });
});

describe("a deleted workspace", () => {
  it("is gone for members at once, and listed and restored by its owners", async () => {
    const member = await api.createMember("grace", "RESEARCHER");
    const create = `mutation { createApiKey(input: { name: "Key", scopes: [READ] }) { ... on CreateApiKeySuccess { secret } } }`;
    const key = { authorization: `Bearer ${(await api.ask(member, create)).body.data.createApiKey.secret}` };
    expect(await mutate(member, "deleteWorkspace", { workspaceId: own })).toMatchObject({ __typename: "ForbiddenError" });
    expect(await mutate(api.owner, "deleteWorkspace", { workspaceId: own })).toMatchObject({ membership: { isCurrent: false } });

    expect([await currentOf(member), await currentOf(api.owner), await currentOf(key)]).toEqual([undefined, undefined, undefined]);
    expect(await listWorkspaces(member)).toEqual([]);
    expect(await mutate(member, "switchWorkspace", { workspaceId: own })).toMatchObject({ __typename: "NotFoundError" });
    expect(await mutate(member, "restoreWorkspace", { workspaceId: own })).toMatchObject({ __typename: "NotFoundError" });
    expect(await mutate(api.owner, "switchWorkspace", { workspaceId: own })).toMatchObject({ __typename: "NotFoundError" });
    const [listed] = await listWorkspaces(api.owner);
    const { deletedAt, restorableUntil } = listed as ListedWorkspace;
    expect((Date.parse(restorableUntil ?? "") - Date.parse(deletedAt ?? "")) / 1000).toBe(secondsToRestore);

    expect(await mutate(api.owner, "restoreWorkspace", { workspaceId: own })).toMatchObject({ membership: { name: "Local workspace" } });
    expect([await currentOf(member), await currentOf(api.owner), await currentOf(key)]).toEqual(Array(3).fill("Local workspace"));
    expect((await logOf(localWorkspaceId)).slice(-2).map(({ action }) => action)).toEqual(["workspace:delete", "workspace:restore"]);
    expect(await mutate(api.owner, "restoreWorkspace", { workspaceId: own })).toMatchObject({ __typename: "NotFoundError" });
  });

  it("is announced to its other owners, who learn until when they can restore it", async () => {
    await api.createMember("grace", "OWNER");
    await api.createMember("joan", "RESEARCHER");
    await mutate(api.owner, "deleteWorkspace", { workspaceId: own });
    const emails = await api.database.connection.email.findMany({ where: { subject: "The workspace Local workspace was deleted" } });
    expect(emails.map(({ to, workspaceId, text }) => [to, workspaceId, text])).toEqual([["grace@pareidolia.example", null, ""]]);
    expect(emails[0]?.sealedText).toMatch(/^Ada deleted the workspace Local workspace\.[^]*Until \d+ \w+ 20\d\d, you can restore it/);
  });

  it("pauses its runs, which stay paused when it is restored", async () => {
    const id = await seedRun(api.database);
    await mutate(api.owner, "deleteWorkspace", { workspaceId: own });
    await mutate(api.owner, "restoreWorkspace", { workspaceId: own });
    expect(await api.database.connection.run.findUniqueOrThrow({ where: { id } })).toMatchObject({ state: "PAUSED", outage: null });
  });

  it("can no longer be restored after 14 days", async () => {
    await mutate(api.owner, "deleteWorkspace", { workspaceId: own });
    const deletedAt = new Date(Date.now() - secondsToRestore * 1000 - 1000);
    await api.database.connection.workspace.update({ where: { id: localWorkspaceId }, data: { deletedAt } });
    expect(await listWorkspaces(api.owner)).toEqual([]);
    expect(await mutate(api.owner, "restoreWorkspace", { workspaceId: own })).toMatchObject({ __typename: "NotFoundError" });
  });

  it("admits no one by an invitation that was sent before", async () => {
    const invite = `mutation { inviteMember(input: { email: "alan@pareidolia.example", role: VIEWER }) { ... on InviteMemberSuccess { link } } }`;
    const { link } = (await api.ask(api.owner, invite)).body.data.inviteMember;
    const [, token] = link.split("/join/");
    expect((await api.postAuth("/invitation", { token })).status).toBe(200);
    await mutate(api.owner, "deleteWorkspace", { workspaceId: own });
    expect((await api.postAuth("/invitation", { token })).status).toBe(404);
  });
});

it("a stale active workspace after removal: the session falls back to another workspace, or to none", async () => {
  const member = await api.createMember("grace", "VIEWER");
  const { memberId } = member;
  await createWorkspace(member, "Own");
  await mutate(member, "switchWorkspace", { workspaceId: own });
  expect(await currentOf(member)).toBe("Local workspace");
  await mutate(api.owner, "removeMember", { memberId: encodeGlobalId("Member", memberId) });
  expect(await currentOf(member)).toBe("Own");
  // Even a session that still names the workspace, as one that was written at the same time.
  await api.database.connection.session.updateMany({ where: { userId: "grace" }, data: { activeWorkspaceId: localWorkspaceId } });
  expect(await currentOf(member)).toBe("Own");
  expect((await api.ask(member, "{ members { nodes { email } } }")).body.data.members.nodes).toEqual([
    { email: "grace@pareidolia.example" },
  ]);
  await api.database.connection.membership.deleteMany({ where: { userId: "grace" } });
  await api.hearChanges();
  expect(await currentOf(member)).toBeUndefined();
});

it("role change across workspaces: an owner of one cannot change roles in another by its ids", async () => {
  const eve = await api.createMember("eve", "VIEWER");
  await createWorkspace(eve, "Eve's");
  for (const memberId of ["membership_local", eve.memberId].map((id) => encodeGlobalId("Member", id))) {
    expect(await mutate(eve, "changeMemberRole", { memberId, role: "OWNER" })).toMatchObject({ __typename: "NotFoundError" });
    expect(await mutate(eve, "removeMember", { memberId })).toMatchObject({ __typename: "NotFoundError" });
    expect(await mutate(eve, "transferWorkspace", { memberId })).toMatchObject({ __typename: "NotFoundError" });
  }
  const roles = await api.database.connection.membership.findMany({ where: { workspaceId: localWorkspaceId }, orderBy: { userId: "asc" } });
  expect(roles.map(({ userId, role }) => [userId, role])).toEqual([
    ["eve", "VIEWER"],
    [localUserId, "OWNER"],
  ]);
});

describe("a signed-in user without a workspace", () => {
  it("may read the profile and the empty list, gets NO_WORKSPACE for the rest, and can create one", async () => {
    const member = await api.createMember("grace", "VIEWER");
    await api.database.connection.membership.delete({ where: { id: member.memberId } });
    const read = (query: string) => api.ask(member, query);
    expect((await read("{ viewer { user { name } workspaces { name } } }")).body.data.viewer).toEqual({
      user: { name: "grace" },
      workspaces: [],
    });
    for (const query of ["{ runs { totalCount } }", "{ viewer { role } }", "{ members { totalCount } }", "{ models { totalCount } }"]) {
      const { status, body } = await read(query);
      expect([query, status, body.errors[0].extensions.code]).toEqual([query, 403, "NO_WORKSPACE"]);
    }
    const headers = { cookie: member.cookie, origin: "http://127.0.0.1:3000", "content-type": "application/octet-stream" };
    expect((await fetch(`${api.url}/uploads`, { method: "POST", headers, body: "bytes" })).status).toBe(403);
    expect(await mutate(member, "createWorkspace", { name: "First" })).toMatchObject({ membership: { role: "OWNER" } });
    expect(await currentOf(member)).toBe("First");
  });
});

it("without accounts there is one workspace, which is neither deleted nor joined by others", async () => {
  const single = await startTestApi();
  try {
    const errors = "{ __typename ... on Error { message } }";
    await seedRun(single.database);
    const { body } = await single.query(
      `mutation { createWorkspace(input: { name: "Second" }) ${errors} deleteWorkspace(input: { workspaceId: "${own}" }) ${errors} }`,
    );
    expect(body.data).toMatchObject({
      createWorkspace: { __typename: "ForbiddenError" },
      deleteWorkspace: { __typename: "ForbiddenError" },
    });
  } finally {
    await single.close();
  }
});
