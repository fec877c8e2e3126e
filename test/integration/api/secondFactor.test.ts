/** The second factor over real HTTP: an authenticator app, backup codes, trusted devices, and limits on guessing. */
import { guessDelay } from "@pareidolia/api/identity/limitAttempts";
import { removeSecondFactor } from "@pareidolia/persistence/access/accounts/removeSecondFactor";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type AccountsApi, cookieOf, password, type Sender, startAccountsApi } from "../../support/accounts.ts";
import { totpCode } from "../../support/totp.ts";

let api: AccountsApi;
let uri = "";
let backupCodes: readonly string[] = [];
/** Of a session in which the second factor was turned on. */
let grace: { readonly cookie: string };

beforeEach(async () => {
  // Only the clock is set, so that a test need not wait for the next code.
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
  api = await startAccountsApi();
  const member = await api.createMember("grace", "RESEARCHER");
  const enabled = await api.postAuth("/two-factor/enable", { password }, member);
  const body = (await enabled.json()) as { totpURI: string; backupCodes: string[] };
  uri = body.totpURI;
  backupCodes = body.backupCodes;
  grace = { cookie: cookieOf(await api.postAuth("/two-factor/verify-totp", { code: nextCode() }, member)) };
});
afterEach(async () => {
  vi.useRealTimers();
  await api.close();
});

const email = "grace@pareidolia.example";
/** Codes work once, so each moves the clock forward. */
function nextCode(): string {
  vi.setSystemTime(Date.now() + 30_000);
  return totpCode(uri, Date.now());
}
const wrongCode = (i: number): string => String((Number(totpCode(uri, Date.now())) + 1_000 + i) % 1_000_000).padStart(6, "0");
const signIn = (cookie = "") => api.postAuth("/sign-in/email", { email, password }, { cookie });
const startSignIn = async () => cookieOf(await signIn());
const verify = (cookie: string, code: string, rest: object = {}) => api.postAuth("/two-factor/verify-totp", { code, ...rest }, { cookie });
const useBackupCode = (cookie: string, code: string) => api.postAuth("/two-factor/verify-backup-code", { code }, { cookie });
const readViewer = async (sender: Sender) => (await api.ask(sender, "{ viewer { role } }")).status;

describe("signing in with a second factor", () => {
  it("starts no session before the code is entered", async () => {
    const response = await signIn();
    expect(await response.json()).toEqual({ twoFactorRedirect: true, twoFactorMethods: ["totp"] });
    const cookie = cookieOf(response);
    expect(await readViewer({ cookie })).toBe(401);
    expect(await api.database.connection.session.count({ where: { userId: "grace" } })).toBe(1);
    const verified = await verify(cookie, nextCode());
    expect([verified.status, await readViewer({ cookie: cookieOf(verified) })]).toEqual([200, 200]);
  });

  it("keeps its cookies from scripts and other sites", async () => {
    const cookies = (await signIn()).headers.getSetCookie().filter((cookie) => !cookie.includes("Max-Age=0"));
    expect(cookies).toEqual([expect.stringMatching(/^pareidolia\.second-factor=.*HttpOnly; SameSite=Lax$/)]);
  });

  it("refuses a wrong code, a code that was used, and a code without the password", async () => {
    expect((await verify(await startSignIn(), wrongCode(0))).status).toBe(401);
    const code = nextCode();
    expect((await verify(await startSignIn(), code)).status).toBe(200);
    expect((await verify(await startSignIn(), code)).status).toBe(401);
    expect((await verify("", nextCode())).status).toBe(401);
  });

  it("writes a refused code to the audit log, without claiming that the user sent it", async () => {
    await verify(await startSignIn(), wrongCode(0));
    await useBackupCode(await startSignIn(), "wrong-code");
    // A wrong code without a sign-in names no user.
    await verify("", wrongCode(1));
    const entries = await api.database.connection.auditEntry.findMany({
      where: { action: "session:refuse" },
      orderBy: { sequence: "asc" },
      select: { subjectId: true, userId: true, text: true },
    });
    expect(entries.map(({ subjectId, userId, text }) => [subjectId, userId, JSON.parse(text).after.through])).toEqual([
      ["grace", null, "/two-factor/verify-totp"],
      ["grace", null, "/two-factor/verify-backup-code"],
    ]);
  });

  it("lets one of ten requests with the same code in", async () => {
    const challenges = await Promise.all(Array.from({ length: 5 }, startSignIn));
    const code = nextCode();
    const statuses = await Promise.all([...challenges, ...challenges].map(async (cookie) => (await verify(cookie, code)).status));
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
  });

  it("allows five codes without a wait, however many sign-ins and requests run at the same time", async () => {
    const challenges: string[] = [];
    for (let i = 0; i < 8; i++) challenges.push(await startSignIn());
    const answers = await Promise.all(
      Array.from({ length: 40 }, async (_, i) => (await verify(challenges[i % challenges.length] ?? "", wrongCode(i))).status),
    );
    expect(answers.filter((status) => status !== 429)).toHaveLength(guessDelay.free);
    expect((await verify(challenges[0] ?? "", nextCode())).status).not.toBe(200);
  });

  it("is not needed on a device that was trusted, until the password changes", async () => {
    const trusted = cookieOf(await verify(await startSignIn(), nextCode(), { trustDevice: true }));
    const again = await signIn(trusted);
    expect(await again.json()).toMatchObject({ user: { email } });
    const renewed = cookieOf(again);
    const change = { currentPassword: password, newPassword: "another horse battery" };
    expect((await api.postAuth("/change-password", change, grace)).status).toBe(200);
    const response = await api.postAuth("/sign-in/email", { email, password: change.newPassword }, { cookie: renewed });
    expect(await response.json()).toMatchObject({ twoFactorRedirect: true });
  });
});

describe("a backup code", () => {
  it("works once, even for ten requests at the same time", async () => {
    const [code = ""] = backupCodes;
    const challenges = await Promise.all(Array.from({ length: 8 }, startSignIn));
    const statuses = await Promise.all(challenges.map(async (cookie) => (await useBackupCode(cookie, code)).status));
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    expect((await useBackupCode(await startSignIn(), backupCodes[1] ?? "")).status).toBe(200);
  });

  it("is replaced with the others on request, which needs the password", async () => {
    expect((await api.postAuth("/two-factor/generate-backup-codes", { password: "wrong password" }, grace)).status).toBe(400);
    const response = await api.postAuth("/two-factor/generate-backup-codes", { password }, grace);
    const fresh = ((await response.json()) as { backupCodes: string[] }).backupCodes;
    expect(fresh).toHaveLength(10);
    expect((await useBackupCode(await startSignIn(), backupCodes[0] ?? "")).status).toBe(401);
    expect((await useBackupCode(await startSignIn(), fresh[0] ?? "")).status).toBe(200);
  });
});

describe("a backup code, as people write it", () => {
  it.each([
    ["without the dash", (code: string) => code.replace("-", "")],
    ["with a space", (code: string) => ` ${code.replace("-", " ")} `],
    ["with a long dash", (code: string) => code.replace("-", "\u2013")],
  ])("%s signs in, once", async (_how, write) => {
    const [code = ""] = backupCodes;
    expect((await useBackupCode(await startSignIn(), write(code))).status).toBe(200);
    expect((await useBackupCode(await startSignIn(), code)).status).toBe(401);
  });

  it("is counted for its user only", async () => {
    const left = async (headers: Sender) =>
      fetch(`${api.url}/auth/backup-codes`, { headers: { ...headers } }).then((answer) => answer.json());
    expect(await left(grace)).toEqual({ left: 10 });
    await useBackupCode(await startSignIn(), backupCodes[3] ?? "");
    expect(await left(grace)).toEqual({ left: 9 });
    expect(await left({ cookie: "" })).toMatchObject({ errors: [{ extensions: { code: "UNAUTHENTICATED" } }] });
    expect(await left(api.owner)).toEqual({ left: null });
  });
});

describe("the second factor", () => {
  it("sends an e-mail whenever it changes or a backup code signs in", async () => {
    const subjects = async () => {
      const rows = await api.database.connection.email.findMany({ where: { to: email }, orderBy: { createdAt: "asc" } });
      return rows.map(({ subject }) => subject);
    };
    expect(await subjects()).toEqual(["Your second factor is on"]);
    await verify(await startSignIn(), nextCode());
    expect(await subjects()).toHaveLength(1);
    await useBackupCode(await startSignIn(), backupCodes[0] ?? "");
    await api.postAuth("/two-factor/generate-backup-codes", { password }, grace);
    await api.postAuth("/two-factor/disable", { password: "wrong password" }, grace);
    await api.postAuth("/two-factor/disable", { password }, grace);
    expect((await subjects()).slice(1)).toEqual(["A backup code was used", "You have new backup codes", "Your second factor is off"]);
  });

  it("can be removed by the server's operator, which ends sessions and trusted devices", async () => {
    const trusted = cookieOf(await verify(await startSignIn(), nextCode(), { trustDevice: true }));
    await removeSecondFactor(api.database, "Grace@pareidolia.example");
    expect([await readViewer(grace), await readViewer({ cookie: trusted })]).toEqual([401, 401]);
    expect(await readViewer({ cookie: cookieOf(await signIn()) })).toBe(200);
    const entry = await api.database.connection.auditEntry.findFirst({ where: { action: "member:disableSecondFactor" } });
    expect(entry).toMatchObject({ subjectId: "grace", userId: null });
    // Turning it on again starts from nothing: an old code of the lost phone is worthless.
    expect(await api.database.connection.twoFactor.count()).toBe(0);
    await expect(removeSecondFactor(api.database, email)).rejects.toThrow("has no second factor");
    await expect(removeSecondFactor(api.database, "unknown@lab.example")).rejects.toThrow("No account has the address unknown@lab.example");
  });

  it("is stored encrypted", async () => {
    const stored = JSON.stringify(await api.database.connection.twoFactor.findMany());
    for (const secret of [new URL(uri).searchParams.get("secret") ?? "", ...backupCodes]) expect(stored).not.toContain(secret);
  });

  it("ends other sessions when it is turned on, and needs the password to be turned off", async () => {
    const member = await api.createMember("joan", "VIEWER");
    const elsewhere = await api.signIn("joan@pareidolia.example");
    expect((await api.postAuth("/two-factor/enable", { password: "wrong password" }, member)).status).toBe(400);
    const { totpURI } = (await (await api.postAuth("/two-factor/enable", { password }, member)).json()) as { totpURI: string };
    expect(await readViewer(elsewhere)).toBe(200);
    const joan = { cookie: cookieOf(await verify(member.cookie, totpCode(totpURI, Date.now()))) };
    expect([await readViewer(joan), await readViewer(elsewhere), await readViewer(member)]).toEqual([200, 401, 401]);
    expect((await api.postAuth("/two-factor/disable", { password: "wrong password" }, joan)).status).toBe(400);
    const off = await api.postAuth("/two-factor/disable", { password }, joan);
    expect([off.status, await readViewer({ cookie: cookieOf(off) })]).toEqual([200, 200]);
    const entries = await api.database.connection.auditEntry.findMany({
      where: { subjectId: "joan", action: { startsWith: "member:" } },
      orderBy: { sequence: "asc" },
    });
    expect(entries.map(({ action, clientAddress }) => [action, clientAddress])).toEqual([
      ["member:enableSecondFactor", "127.0.0.1"],
      ["member:disableSecondFactor", "127.0.0.1"],
    ]);
  });

  it("is required after a reset of the password too", async () => {
    await api.postAuth("/request-password-reset", { email });
    const read = () => api.database.connection.email.findFirst({ where: { to: email, subject: "Choose a new password" } });
    await expect.poll(read).not.toBeNull();
    const token = /reset\/([\w-]+)/.exec((await read())?.sealedText ?? "")?.[1];
    expect((await api.postAuth("/reset-password", { token, newPassword: "another horse battery" })).status).toBe(200);
    const response = await api.postAuth("/sign-in/email", { email, password: "another horse battery" });
    expect(await response.json()).toMatchObject({ twoFactorRedirect: true });
  });

  it("of members is shown to owners and to the member, and to no other member", async () => {
    const query = "{ members { nodes { email hasSecondFactor } } }";
    const seenBy = async (sender: Sender) =>
      Object.fromEntries(
        (await api.ask(sender, query)).body.data.members.nodes.map((node: { email: string; hasSecondFactor: unknown }) => [
          node.email,
          node.hasSecondFactor,
        ]),
      );
    const joan = await api.createMember("joan", "VIEWER");
    expect(await seenBy(api.owner)).toEqual({ "ada@pareidolia.example": false, [email]: true, "joan@pareidolia.example": false });
    expect(await seenBy(grace)).toEqual({ "ada@pareidolia.example": null, [email]: true, "joan@pareidolia.example": null });
    expect(await seenBy(joan)).toEqual({ "ada@pareidolia.example": null, [email]: null, "joan@pareidolia.example": false });
  });
});

describe("the address of a session", () => {
  it("is the client's own, whatever headers it sends", async () => {
    await api.postAuth("/sign-in/email", { email: "ada@pareidolia.example", password }, { "x-pareidolia-client-address": "203.0.113.9" });
    const sessions = await api.database.connection.session.findMany();
    expect(new Set(sessions.map(({ ipAddress }) => ipAddress))).toEqual(new Set(["127.0.0.1"]));
  });
});
