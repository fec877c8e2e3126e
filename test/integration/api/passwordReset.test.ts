/** A new password by e-mail, over real HTTP: for the account's holder only, once, and the same for every address. */
import { emailRequestLimits, resetEmails } from "@pareidolia/api/identity/limitAttempts";
import { localWorkspaceId } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type AccountsApi, cookieOf, password, startAccountsApi } from "../../support/accounts.ts";
import { whileLocked } from "../../support/postgresServer.ts";
import { readSentToken } from "../../support/sentLinks.ts";

let api: AccountsApi;
beforeEach(async () => {
  api = await startAccountsApi();
});
afterEach(() => api.close());

const grace = "grace@pareidolia.example";
const newPassword = "another horse battery";
const request = (email: string) => api.postAuth("/request-password-reset", { email });
const reset = (token: string, chosen = newPassword) => api.postAuth("/reset-password", { token, newPassword: chosen });
const signIn = (chosen: string, email = grace) => api.postAuth("/sign-in/email", { email, password: chosen });
const readViewer = async (cookie: string) => (await api.ask({ cookie }, "{ viewer { role } }")).status;
const readToken = (email = grace) => readSentToken(api.database, email, "reset");

describe("a link for a new password", () => {
  it("sets the password, ends all sessions and does not sign in", async () => {
    const { cookie } = await api.createMember("grace", "RESEARCHER");
    expect((await request(` ${grace.toUpperCase()} `)).status).toBe(202);
    const response = await reset(await readToken());
    expect([response.status, response.headers.getSetCookie()]).toEqual([200, []]);
    expect(await readViewer(cookie)).toBe(401);
    expect((await signIn(password)).status).toBe(401);
    expect(await readViewer(cookieOf(await signIn(newPassword)))).toBe(200);
    const emails = await api.database.connection.email.findMany({ where: { to: grace }, orderBy: { createdAt: "asc" } });
    expect(emails.map(({ subject, workspaceId, text }) => [subject, workspaceId, text])).toEqual([
      ["Choose a new password", null, ""],
      ["Your password was changed", null, ""],
    ]);
  });

  it("works once, even for ten requests at the same time", async () => {
    await api.createMember("grace", "RESEARCHER");
    await request(grace);
    const token = await readToken();
    const statuses = await Promise.all(Array.from({ length: 10 }, async (_, i) => (await reset(token, `${newPassword} ${i}`)).status));
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    expect(statuses.every((status) => status === 200 || status === 400)).toBe(true);
    expect((await reset(token)).status).toBe(400);
  });

  it("says whether it still works, without being used up", async () => {
    await api.createMember("grace", "RESEARCHER");
    await request(grace);
    const token = await readToken();
    const describe = async (text: string) => (await api.postAuth("/reset-link", { token: text })).status;
    expect([await describe(token), await describe(token), await describe(`${token}x`)]).toEqual([200, 200, 404]);
    expect((await reset(token)).status).toBe(200);
    expect(await describe(token)).toBe(404);
  });

  it("ends with any other reset, a change of the password, and its hour", async () => {
    const { cookie } = await api.createMember("grace", "RESEARCHER");
    await request(grace);
    const first = await readToken();
    await api.database.connection.email.deleteMany();
    await request(grace);
    expect((await reset(await readToken())).status).toBe(200);
    expect((await reset(first)).status).toBe(400);

    await api.database.connection.email.deleteMany();
    const signedIn = cookieOf(await signIn(newPassword));
    await request(grace);
    const beforeChange = await readToken();
    const change = { currentPassword: newPassword, newPassword: password };
    expect((await api.postAuth("/change-password", change, { cookie: signedIn })).status).toBe(200);
    expect((await reset(beforeChange)).status).toBe(400);

    await api.database.connection.email.deleteMany();
    await request(grace);
    const expired = await readToken();
    await api.database.connection.verification.updateMany({ data: { expiresAt: new Date(Date.now() - 1) } });
    expect((await reset(expired)).status).toBe(400);
    expect(await readViewer(cookie)).toBe(401);
  });

  it("is not used up by a password that is too short, and stands nowhere in the database", async () => {
    await api.createMember("grace", "RESEARCHER");
    await request(grace);
    const token = await readToken();
    expect((await reset(token, "short")).status).toBe(400);
    await api.database.connection.email.updateMany({ data: { sealedText: null } });
    expect(JSON.stringify(await api.database.connection.verification.findMany())).not.toContain(token);
    expect((await reset(token)).status).toBe(200);
  });

  it("cannot be replaced by the hash in a copy of the database", async () => {
    await api.createMember("grace", "RESEARCHER");
    await request(grace);
    await readToken();
    const { identifier } = await api.database.connection.verification.findFirstOrThrow();
    for (const forged of [identifier, identifier.replace("reset-password:", "")]) expect((await reset(forged)).status).toBe(400);
  });
});

describe("equal time for unknown users", () => {
  it("a reset is answered alike for every address, before the address is looked up", async () => {
    await api.createMember("grace", "RESEARCHER");
    const answers = await whileLocked(api.databaseUrl, "users", async () => {
      const responses = await Promise.all([request(grace), request("unknown@pareidolia.example")]);
      return Promise.all(responses.map(async (response) => [response.status, await response.text()]));
    });
    expect(answers[0]).toEqual(answers[1]);
    expect(answers[0]?.[0]).toBe(202);
    await readToken();
    expect(await api.database.connection.email.count({ where: { to: "unknown@pareidolia.example" } })).toBe(0);
  });
});

describe("requests for a new password", () => {
  it("send three e-mails in half an hour to each address, without telling strangers apart from its holder", async () => {
    await api.createMember("grace", "RESEARCHER");
    for (const email of [grace, "unknown@pareidolia.example"]) {
      const statuses = await Promise.all(Array.from({ length: 12 }, async () => (await request(email)).status));
      expect(new Set(statuses)).toEqual(new Set([202]));
    }
    const count = () => api.database.connection.email.count({ where: { to: grace } });
    await expect.poll(count).toBe(resetEmails.max);
    // The browser in which its holder has signed in gets its own link.
    const device = cookieOf(await signIn(password));
    await api.postAuth("/request-password-reset", { email: grace }, { cookie: device });
    await expect.poll(count).toBe(resetEmails.max + 1);
    expect((await reset(await readToken())).status).toBe(200);
  });

  it("are limited for each network, however the path is written", async () => {
    const statuses = await Promise.all(Array.from({ length: 60 }, async (_, i) => (await request(`user${i}@pareidolia.example`)).status));
    expect(statuses.filter((status) => status === 202)).toHaveLength(emailRequestLimits.perClient);
    for (const path of ["/Request-Password-Reset", "/request-password-reset/"])
      expect((await api.postAuth(path, { email: grace }, api.owner)).status).toBe(404);
  });

  it("are refused from another origin", async () => {
    expect((await api.postAuth("/request-password-reset", { email: grace }, { origin: "http://elsewhere.example" })).status).toBe(403);
  });
});

describe("the link in the e-mail", () => {
  it("leads to the web application's own address, whatever host the request names", async () => {
    await api.createMember("grace", "RESEARCHER");
    await api.postAuth(
      "/request-password-reset",
      { email: grace },
      { "x-forwarded-host": "elsewhere.example", forwarded: "host=elsewhere.example" },
    );
    await request(grace);
    await readToken();
    const emails = await api.database.connection.email.findMany({ where: { to: grace } });
    expect(emails.map(({ sealedText }) => /https?:\/\/[^/]+/.exec(sealedText ?? "")?.[0])).toEqual(["http://127.0.0.1:3000"]);
  });
});

describe("an account whose address was never verified", () => {
  it("is taken over by the holder of the address, and nothing of its creator's still works", async () => {
    const { connection } = api.database;
    const eve = await api.createMember("grace", "RESEARCHER");
    await connection.user.update({ where: { id: "grace" }, data: { emailVerified: false } });
    const createKey = 'mutation { createApiKey(input: { name: "Key", scopes: [READ] }) { ... on CreateApiKeySuccess { secret } } }';
    const { secret } = (await api.ask(eve, createKey)).body.data.createApiKey;
    await connection.account.create({ data: { id: "linked", userId: "grace", providerId: "oidc", accountId: "eve" } });
    await request(grace);
    expect((await reset(await readToken())).status).toBe(200);
    expect(await readViewer(eve.cookie)).toBe(401);
    expect((await api.ask({ authorization: `Bearer ${secret}` }, "{ viewer { role } }")).status).toBe(401);
    expect((await connection.account.findMany({ where: { userId: "grace" } })).map(({ providerId }) => providerId)).toEqual(["credential"]);
    expect((await connection.user.findUniqueOrThrow({ where: { id: "grace" } })).emailVerified).toBe(true);
    expect(await connection.membership.count({ where: { userId: "grace", workspaceId: localWorkspaceId } })).toBe(1);
  });
});
