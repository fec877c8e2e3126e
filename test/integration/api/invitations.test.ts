/** Invitations: for one address each, used once, and only while they are open. */
import { encodeGlobalId } from "@pareidolia/api/globalId/globalId";
import { createInvitation } from "@pareidolia/persistence/workspace/members/invitations";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type AccountsApi, cookieOf, password, type Sender, startAccountsApi } from "../../support/accounts.ts";
import { createStranger } from "../../support/actors.ts";
import { readSentToken } from "../../support/sentLinks.ts";

let api: AccountsApi;
beforeEach(async () => {
  api = await startAccountsApi();
});
afterEach(() => api.close());

const grace = "grace@pareidolia.example";

async function invite(email = grace, role = "RESEARCHER", sender: Sender = api.owner) {
  const mutation = `mutation ($input: InviteMemberInput!) { inviteMember(input: $input) {
    __typename ... on InviteMemberSuccess { link invitation { id email role } } ... on Error { message } } }`;
  const { body } = await api.ask(sender, mutation, { input: { email, role } });
  const { link = "", ...answer } = body.data.inviteMember;
  return { ...answer, link, token: (link as string).split("/join/")[1] ?? "" };
}

const join = (token: string, name = "Grace") => api.postAuth("/join", { token, name, password });

describe("an invitation", () => {
  it("reaches the invited person by e-mail, with a link to the web application", async () => {
    const { link, invitation } = await invite(" Grace@Pareidolia.example ");
    expect(invitation).toMatchObject({ email: grace, role: "RESEARCHER" });
    const email = await api.database.connection.email.findFirstOrThrow({ where: { to: grace } });
    expect(email).toMatchObject({ to: grace, sentAt: null, text: expect.stringContaining(link) });
    expect(email.text).toMatch(/^Ada invites you to the workspace “Local workspace” of Pareidolia as a researcher\./);
    expect(email.subject).toBe("Ada invites you to Local workspace");
    expect(link).toMatch(/^http:\/\/127\.0\.0\.1:3000\/join\/[\w-]{43}$/);
  });

  it("creates an account with the invited address and role, and signs in", async () => {
    const { token } = await invite();
    expect(await (await api.postAuth("/invitation", { token })).json()).toMatchObject({
      email: grace,
      role: "RESEARCHER",
      workspaceName: "Local workspace",
      inviterName: "Ada",
      hasAccount: null,
    });
    const cookie = cookieOf(await join(token));
    expect((await api.ask({ cookie }, "{ viewer { role user { name } } }")).body.data.viewer).toEqual({
      role: "RESEARCHER",
      user: { name: "Grace" },
    });
  });

  it("tells only the holder of the address whether it has an account", async () => {
    await api.createMember("barbara", "VIEWER");
    await api.database.connection.membership.deleteMany({ where: { userId: "barbara" } });
    for (const [email, hasAccount] of [
      [grace, false],
      ["barbara@pareidolia.example", true],
    ] as const) {
      const { token } = await invite(email);
      const mailed = await readSentToken(api.database, email, "join");
      const read = async (link: string) =>
        ((await (await api.postAuth("/invitation", { token: link })).json()) as { hasAccount: unknown }).hasAccount;
      expect([await read(token), await read(mailed)]).toEqual([null, hasAccount]);
    }
  });

  it("works once, even for ten requests at the same time", async () => {
    const { token } = await invite();
    const statuses = await Promise.all(Array.from({ length: 10 }, async () => (await join(token)).status));
    expect(statuses.filter((status) => status === 201)).toHaveLength(1);
    expect(statuses.every((status) => [201, 404, 409].includes(status))).toBe(true);
    expect(await api.database.connection.membership.count()).toBe(2);
  });

  it("is used or gone, and nothing fails, while its sender is removed or it is revoked", async () => {
    const remove = "mutation ($id: ID!) { removeMember(input: { memberId: $id }) { __typename } }";
    const revoke = "mutation ($id: ID!) { revokeInvitation(input: { invitationId: $id }) { __typename } }";
    for (const [index, name] of ["joan", "mary", "alan", "edith"].entries()) {
      const sender = await api.createMember(name, "OWNER");
      const { token, invitation } = await invite(`guest-${index}@pareidolia.example`, "VIEWER", sender);
      const end =
        index % 2 === 0
          ? api.ask(api.owner, remove, { id: encodeGlobalId("Member", sender.memberId) })
          : api.ask(api.owner, revoke, { id: invitation.id });
      const [joined, { body }] = await Promise.all([join(token), end]);
      expect([201, 404]).toContain(joined.status);
      expect([name, body.errors]).toEqual([name, undefined]);
    }
  });

  it("no longer works once it is revoked, replaced or expired, or the member who sent it is removed", async () => {
    const { connection } = api.database;
    const revoked = await invite();
    const revoke = "mutation ($id: ID!) { revokeInvitation(input: { invitationId: $id }) { __typename } }";
    await api.ask(api.owner, revoke, { id: revoked.invitation.id });
    const replaced = await invite();
    const expired = await invite();
    await connection.invitation.updateMany({ data: { expiresAt: new Date(Date.now() - 1) } });
    const second = await api.createMember("joan", "OWNER");
    const orphaned = await invite("alan@pareidolia.example", "VIEWER", second);
    const remove = "mutation ($id: ID!) { removeMember(input: { memberId: $id }) { __typename } }";
    await api.ask(api.owner, remove, { id: encodeGlobalId("Member", second.memberId) });
    for (const { token } of [revoked, replaced, expired, orphaned]) expect((await join(token)).status).toBe(404);
  });

  it("is for owners to send and to see", async () => {
    const researcher = await api.createMember("joan", "RESEARCHER");
    expect(await invite(grace, "OWNER", researcher)).toMatchObject({ __typename: "ForbiddenError" });
    expect((await api.ask(researcher, "{ invitations { email } }")).body.errors[0].extensions.code).toBe("FORBIDDEN");
  });

  it("is refused for a member's address and for what is no address", async () => {
    await api.createMember("grace", "VIEWER");
    expect(await invite()).toMatchObject({ __typename: "ConflictError", message: "This address belongs to a member already." });
    expect(await invite("grace")).toMatchObject({ __typename: "InvalidInputError", message: "Enter an e-mail address." });
  });
});

describe("the address of an account that joins", () => {
  const readUser = () => api.database.connection.user.findUniqueOrThrow({ where: { email: grace } });

  it("is verified by the link in the e-mail, which only its holder gets", async () => {
    await invite();
    expect((await join(await readSentToken(api.database, grace, "join"))).status).toBe(201);
    expect((await readUser()).emailVerified).toBe(true);
  });

  it("is not verified by the link that an owner passes on: an owner could use it for another person's address", async () => {
    const { token } = await invite();
    expect((await join(token)).status).toBe(201);
    expect((await readUser()).emailVerified).toBe(false);
    expect(await readSentToken(api.database, grace, "verify")).toMatch(/^[\w-]{43}$/);
  });

  it("is taken by one of two workspaces' invitations that are used at the same time", async () => {
    await createStranger(api.database);
    const { connection } = api.database;
    const { token } = await invite();
    const input = {
      workspaceId: "elsewhere",
      createdById: "stranger",
      email: grace,
      role: "VIEWER",
      expiresAt: new Date(Date.now() + 60_000),
    } as const;
    const other = await createInvitation(connection, input);
    const statuses = (await Promise.all([join(token), join(other.token)])).map(({ status }) => status);
    expect(statuses.toSorted((a, b) => a - b)).toEqual([201, 409]);
  });
});

describe("accepting an invitation with an existing account", () => {
  /** A user of another workspace. */
  async function createOutsider(email: string, emailVerified: boolean): Promise<{ readonly cookie: string }> {
    const member = await api.createMember(email.split("@")[0] ?? "", "VIEWER");
    const { connection } = api.database;
    await connection.membership.delete({ where: { id: member.memberId } });
    await connection.user.updateMany({ where: { email }, data: { emailVerified } });
    return member;
  }

  it("needs the invited address, verified", async () => {
    const { token } = await invite();
    const other = await createOutsider("eve@pareidolia.example", true);
    expect((await api.postAuth("/accept", { token }, other)).status).toBe(403);
    const unverified = await createOutsider(grace, false);
    const refused = await api.postAuth("/accept", { token }, unverified);
    expect([refused.status, JSON.stringify(await refused.json())]).toEqual([403, expect.stringContaining("Verify your e-mail address")]);
    await api.database.connection.user.updateMany({ where: { email: grace }, data: { emailVerified: true } });
    expect((await api.postAuth("/accept", { token }, unverified)).status).toBe(201);
    expect((await api.ask(unverified, "{ viewer { role } }")).body.data.viewer.role).toBe("RESEARCHER");
  });

  it("works by the invitation's id at the verified address, and nowhere else", async () => {
    const { invitation } = await invite();
    const { id } = await api.database.connection.invitation.findFirstOrThrow({ where: { email: grace } });
    const read = async (sender: Sender) =>
      (await api.ask(sender, "{ viewer { invitations { totalCount nodes { id role expiresAt workspaceName } } } }")).body.data.viewer
        .invitations;
    const none = { totalCount: 0, nodes: [] };
    const accept = async (sender: Record<string, string>, invitationId = invitation.id as string) =>
      (await api.postAuth("/accept", { invitationId }, sender)).status;
    const other = await createOutsider("eve@pareidolia.example", true);
    const unverified = await createOutsider(grace, false);
    expect([await read(other), await read(unverified)]).toEqual([none, none]);
    expect([await accept(other), await accept(unverified), await accept({}), await accept(unverified, id)]).toEqual([404, 404, 401, 400]);
    await api.database.connection.user.updateMany({ where: { email: grace }, data: { emailVerified: true } });
    expect(await read(unverified)).toEqual({
      totalCount: 1,
      nodes: [{ id: invitation.id, role: "RESEARCHER", expiresAt: expect.any(String), workspaceName: "Local workspace" }],
    });
    const statuses = await Promise.all(Array.from({ length: 5 }, () => accept(unverified)));
    expect(statuses.filter((status) => status === 201)).toHaveLength(1);
    expect(await read(unverified)).toEqual(none);
    expect((await api.ask(unverified, "{ viewer { role } }")).body.data.viewer.role).toBe("RESEARCHER");
  });

  it("verifies the account's address if the link is the one in the e-mail", async () => {
    await invite();
    const unverified = await createOutsider(grace, false);
    expect((await api.postAuth("/accept", { token: await readSentToken(api.database, grace, "join") }, unverified)).status).toBe(201);
    expect((await api.database.connection.user.findUniqueOrThrow({ where: { email: grace } })).emailVerified).toBe(true);
  });

  it("is refused for who became a member meanwhile", async () => {
    const { token } = await invite();
    const member = await api.createMember("alan", "VIEWER");
    await api.database.connection.user.updateMany({ where: { email: "alan@pareidolia.example" }, data: { email: grace } });
    const refused = await api.postAuth("/accept", { token }, member);
    expect([refused.status, JSON.stringify(await refused.json())]).toEqual([
      409,
      expect.stringContaining("a member of the workspace already"),
    ]);
  });

  it("needs a session, and never sets a new password for the account", async () => {
    const { token } = await invite();
    await createOutsider(grace, true);
    expect((await api.postAuth("/accept", { token })).status).toBe(401);
    expect((await join(token)).status).toBe(409);
  });
});
