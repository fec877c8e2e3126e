/** Verification and change of an account's e-mail address, over real HTTP. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type AccountsApi, password, startAccountsApi } from "../../support/accounts.ts";
import { readSentToken } from "../../support/sentLinks.ts";

let api: AccountsApi;
beforeEach(async () => {
  api = await startAccountsApi();
});
afterEach(() => api.close());

const ada = "ada@pareidolia.example";
const newEmail = "ada@lab.example";
const readOwner = () => api.database.connection.user.findFirstOrThrow({ where: { name: "Ada" } });
const verify = (token: string, sender: { readonly cookie?: string } = api.owner) => api.postAuth("/verify", { token }, sender);
const change = (email = newEmail, typed = password) => api.postAuth("/email", { email, password: typed }, api.owner);
const readToken = (to: string) => readSentToken(api.database, to, "verify");
const subjectsTo = async (to: string) =>
  (await api.database.connection.email.findMany({ where: { to }, orderBy: { createdAt: "asc" } })).map(({ subject }) => subject);

describe("the address of the first owner", () => {
  it("was only typed, so it is verified by a link that is sent to it", async () => {
    expect(await readOwner()).toMatchObject({ email: ada, emailVerified: false });
    const token = await readToken(ada);
    const response = await verify(token);
    expect([response.status, await response.json()]).toEqual([200, { email: ada }]);
    expect((await readOwner()).emailVerified).toBe(true);
    expect((await verify(token)).status).toBe(404);
    expect((await api.postAuth("/verification", {}, api.owner)).status).toBe(409);
  });

  it("can be sent another link, which replaces the first", async () => {
    const first = await readToken(ada);
    await api.database.connection.email.deleteMany();
    expect((await api.postAuth("/verification", {}, api.owner)).status).toBe(202);
    const second = await readToken(ada);
    expect((await verify(first)).status).toBe(404);
    expect((await verify(second)).status).toBe(200);
  });
});

describe("a link that verifies an address", () => {
  it("needs a session of the same account: no holder of an address verifies the account that another person created with it", async () => {
    const token = await readToken(ada);
    const other = await api.createMember("grace", "RESEARCHER");
    expect((await verify(token, {})).status).toBe(401);
    expect((await verify(token, other)).status).toBe(404);
    expect((await readOwner()).emailVerified).toBe(false);
    expect((await verify(token)).status).toBe(200);
  });

  it("works once, even for ten requests at the same time", async () => {
    const token = await readToken(ada);
    const statuses = await Promise.all(Array.from({ length: 10 }, async () => (await verify(token)).status));
    expect(statuses.toSorted((a, b) => a - b)).toEqual([200, ...Array<number>(9).fill(404)]);
  });

  it("expires", async () => {
    const expired = await readToken(ada);
    await api.database.connection.emailVerification.updateMany({ data: { expiresAt: new Date(Date.now() - 1) } });
    expect((await verify(expired)).status).toBe(404);
  });

  it("is stored as a hash", async () => {
    const token = await readToken(ada);
    expect(JSON.stringify(await api.database.connection.emailVerification.findMany())).not.toContain(token);
  });
});

describe("a new address", () => {
  it("takes the place of the old one once it is verified, ends other sessions and older links, and is written to the audit log", async () => {
    const { cookie: elsewhere } = await api.signIn(ada);
    await api.postAuth("/request-password-reset", { email: ada });
    const resetToken = await readSentToken(api.database, ada, "reset");
    expect((await change()).status).toBe(202);
    const token = await readToken(newEmail);
    expect(await readOwner()).toMatchObject({ email: ada });
    expect((await verify(token)).status).toBe(200);
    expect(await readOwner()).toMatchObject({ email: newEmail, emailVerified: true });
    expect((await api.ask(api.owner, "{ viewer { role } }")).status).toBe(200);
    expect((await api.ask({ cookie: elsewhere }, "{ viewer { role } }")).status).toBe(401);
    expect((await api.postAuth("/reset-password", { token: resetToken, newPassword: "another horse battery" })).status).toBe(400);
    expect(await subjectsTo(ada)).toEqual(
      expect.arrayContaining(["Your e-mail address is about to change", "Your e-mail address was changed"]),
    );
    const entry = await api.database.connection.auditEntry.findFirstOrThrow({ where: { action: "member:changeEmail" } });
    expect(JSON.parse(entry.text)).toMatchObject({ before: { email: ada }, after: { email: newEmail } });
  });

  it("needs the password, and a session", async () => {
    const refused = await change(newEmail, "wrong password");
    expect([refused.status, JSON.stringify(await refused.json())]).toEqual([400, expect.stringContaining("This is not your password.")]);
    expect((await api.postAuth("/email", { email: newEmail, password })).status).toBe(401);
    expect(await api.database.connection.email.count({ where: { to: newEmail } })).toBe(0);
  });

  it("that another account has is answered alike, and stays with that account", async () => {
    await api.createMember("grace", "RESEARCHER");
    const taken = "grace@pareidolia.example";
    const [free, used] = [await change(), await change(taken)];
    expect([used.status, await used.json()]).toEqual([free.status, { email: taken }]);
    await expect.poll(() => subjectsTo(taken)).toEqual(["Your e-mail address has an account already"]);
    expect(await api.database.connection.emailVerification.count({ where: { email: taken } })).toBe(0);
  });

  it("is refused if another account got it before the link was used", async () => {
    await change();
    const token = await readToken(newEmail);
    const { memberId } = await api.createMember("grace", "RESEARCHER");
    expect(memberId).toBeTruthy();
    await api.database.connection.user.update({ where: { id: "grace" }, data: { email: newEmail } });
    expect((await verify(token)).status).toBe(409);
    expect(await readOwner()).toMatchObject({ email: ada });
  });
});
