/** What owners see of the outbox: the e-mails of their own workspace, and never a secret of the recipient. */
import { emailLimits } from "@pareidolia/api/email/limitEmails";
import { encodeGlobalId } from "@pareidolia/api/globalId/globalId";
import { writeEmail } from "@pareidolia/persistence/workspace/emails/emails";
import { localWorkspaceId } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { sendEmail } from "@pareidolia/workers/tasks/sendEmail.task";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type AccountsApi, type Sender, startAccountsApi } from "../../support/accounts.ts";
import { createStranger } from "../../support/actors.ts";

let api: AccountsApi;
beforeEach(async () => {
  api = await startAccountsApi();
});
afterEach(() => api.close());

const fields = "id to subject text state createdAt sentAt attempts failure";
const list = async (sender: Sender = api.owner) => (await api.ask(sender, `{ emails { totalCount nodes { ${fields} } } }`)).body;
const readNode = async (id: string, sender: Sender = api.owner) =>
  (await api.ask(sender, `query ($id: ID!) { node(id: $id) { ... on Email { ${fields} } } }`, { id: encodeGlobalId("Email", id) })).body;
const write = (workspaceId: string | null, subject: string) =>
  writeEmail(api.database.connection, { workspaceId, to: "grace@lab.example", subject, text: `Text of ${subject}`, sealedText: "secret" });
async function sendAgain(id: string, sender: Sender = api.owner) {
  const mutation = `mutation ($id: ID!) { sendEmailAgain(input: { emailId: $id }) {
    __typename ... on SendEmailAgainSuccess { email { state attempts failure } } ... on Error { message } } }`;
  return (await api.ask(sender, mutation, { id: encodeGlobalId("Email", id) })).body;
}
const inviteMember =
  "mutation ($email: String!) { inviteMember(input: { email: $email, role: VIEWER }) { ... on InviteMemberSuccess { link } } }";

describe("the outbox", () => {
  it("lists the e-mails of the workspace, latest first, without the secrets of their recipients", async () => {
    await write(localWorkspaceId, "First");
    await write(localWorkspaceId, "Second");
    const body = await list();
    expect(body.data.emails).toEqual({
      totalCount: 2,
      nodes: ["Second", "First"].map((subject) => ({
        id: expect.any(String),
        to: "grace@lab.example",
        subject,
        text: `Text of ${subject}`,
        state: "WAITING",
        createdAt: expect.any(String),
        sentAt: null,
        attempts: 0,
        failure: null,
      })),
    });
    expect(JSON.stringify(body)).not.toContain("secret");
  });

  it("shows no link of an invitation, with which an owner could return after losing the role", async () => {
    const { link } = (await api.ask(api.owner, inviteMember, { email: "grace@lab.example" })).body.data.inviteMember;
    const email = await api.database.connection.email.findFirstOrThrow({ where: { to: "grace@lab.example" } });
    const second = await api.createMember("joan", "OWNER");
    const createKey = 'mutation { createApiKey(input: { name: "Key", scopes: [ADMIN] }) { ... on CreateApiKeySuccess { secret } } }';
    const { secret } = (await api.ask(api.owner, createKey)).body.data.createApiKey;
    for (const sender of [api.owner, second, { authorization: `Bearer ${secret}` }]) {
      const [node] = (await list(sender)).data.emails.nodes;
      expect(node.text).toContain("Open this link within 7 days to join:");
      expect(node.text).toMatch(/\/join\/…\n$/);
      expect((await readNode(email.id, sender)).data.node.text).toBe(node.text);
    }
    expect(email.sealedText).toMatch(/\/join\/[\w-]{43}\n/);
    expect(email.sealedText).not.toContain(link);
  });

  it("hides e-mails about accounts from owners, in the list and by their id: they contain secrets of other people", async () => {
    const id = await write(null, "Reset");
    expect((await list()).data.emails).toEqual({ totalCount: 0, nodes: [] });
    expect((await readNode(id)).data.node).toBeNull();
    expect((await sendAgain(id)).data.sendEmailAgain.__typename).toBe("NotFoundError");
  });

  it("hides the e-mails of other workspaces", async () => {
    await createStranger(api.database);
    const id = await write("elsewhere", "Theirs");
    expect((await list()).data.emails.totalCount).toBe(0);
    expect((await readNode(id)).data.node).toBeNull();
    expect((await sendAgain(id)).data.sendEmailAgain.__typename).toBe("NotFoundError");
  });

  it("is closed to members who are not owners, and to an API key without the scope ADMIN", async () => {
    const id = await write(localWorkspaceId, "First");
    const researcher = await api.createMember("joan", "RESEARCHER");
    const createKey = 'mutation { createApiKey(input: { name: "Key", scopes: [READ, RUN] }) { ... on CreateApiKeySuccess { secret } } }';
    const { secret } = (await api.ask(api.owner, createKey)).body.data.createApiKey;
    for (const sender of [researcher, { authorization: `Bearer ${secret}` }]) {
      expect((await list(sender)).errors[0].extensions.code).toBe("FORBIDDEN");
      expect((await readNode(id, sender)).data.node).toBeNull();
    }
  });
});

describe("sending an e-mail again", () => {
  it("is for one that failed or was never sent, and is written to the audit log", async () => {
    const id = await write(localWorkspaceId, "First");
    expect((await sendAgain(id)).data.sendEmailAgain.__typename).toBe("ConflictError");
    const log = { info() {}, warn() {}, error() {} };
    await sendEmail({ emailId: id }, { database: api.database, mailer: null, unsentFile: null, stop: new AbortController().signal, log });
    expect((await readNode(id)).data.node).toMatchObject({ state: "UNSENT", attempts: 1 });
    expect((await sendAgain(id)).data.sendEmailAgain.email).toEqual({ state: "WAITING", attempts: 0, failure: null });
    const entry = await api.database.connection.auditEntry.findFirstOrThrow({ where: { action: "email:sendAgain" } });
    expect(entry.subjectId).toBe(id);
  });
});

describe("an owner", () => {
  it("cannot flood a mailbox with invitations, from however many requests at the same time", async () => {
    const answers = await Promise.all(
      Array.from(
        { length: emailLimits.perPair * 3 },
        async () => (await api.ask(api.owner, inviteMember, { email: "grace@lab.example" })).body,
      ),
    );
    const refused = answers.filter(({ errors }) => errors?.[0].extensions.code === "RATE_LIMITED");
    expect(refused.length).toBeGreaterThanOrEqual(emailLimits.perPair * 2);
    expect(await api.database.connection.email.count({ where: { to: "grace@lab.example" } })).toBeLessThanOrEqual(emailLimits.perPair);
  });

  it("cannot block another owner's invitation to the same address, nor send more from a second workspace", async () => {
    const invite = async (sender: Parameters<typeof api.ask>[0]) =>
      (await api.ask(sender, inviteMember, { email: "grace@lab.example" })).body;
    for (let i = 0; i < emailLimits.perPair; i++) expect((await invite(api.owner)).errors).toBeUndefined();
    const create = 'mutation { createWorkspace(input: { name: "Second" }) { __typename } }';
    expect((await api.ask(api.owner, create)).body.errors).toBeUndefined();
    expect((await invite(api.owner)).errors[0].extensions.code).toBe("RATE_LIMITED");
    const other = await api.createMember("barbara", "OWNER");
    expect((await invite(other)).errors).toBeUndefined();
  });
});
