/** One regression test for each known attack on signing in, by its name. */
import { createAccounts } from "@pareidolia/api/identity/accounts";
import { auditSessions } from "@pareidolia/api/identity/auditSessions";
import { attemptLimits, guessDelay } from "@pareidolia/api/identity/limitAttempts";
import { pino } from "pino";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type AccountsApi, accountSettings, cookieOf, password, type Sender, startAccountsApi } from "../../support/accounts.ts";
import { readSentToken } from "../../support/sentLinks.ts";

let api: AccountsApi;
beforeEach(async () => {
  api = await startAccountsApi();
});
afterEach(() => api.close());

const email = "ada@pareidolia.example";
const signIn = (body: object = {}, headers: Readonly<Record<string, string>> = {}) =>
  api.postAuth("/sign-in/email", { email, password, ...body }, headers);
const readViewer = async (cookie: string) => (await api.ask({ cookie }, "{ viewer { user { name } } }")).body.data?.viewer?.user.name;

describe("a character that the database cannot store", () => {
  const paths = ["/sign-in/email", "/reset-password", "/request-password-reset", "/owner", "/invitation", "/join", "/accept", "/verify"];
  it.each([...paths, "/verification", "/email", "/change-password", "/update-user", "/two-factor/enable", "/device/code"])(
    "is refused as invalid by %s",
    async (path) => {
      for (const bad of ["ada\0@pareidolia.example", "\ud800"]) {
        const body = { email: bad, newEmail: bad, token: bad, name: bad, password: bad, newPassword: bad, nested: [{ [bad]: bad }] };
        expect((await api.postAuth(path, body, api.owner)).status).toBe(400);
        expect((await api.postAuth(path, { email, token: bad, newPassword: password }, api.owner)).status).toBe(400);
      }
      expect((await api.postAuth(`${path}?email=ada%00`, { email, password })).status).toBe(400);
    },
  );
});

describe("session fixation", () => {
  it("a cookie that was set before the sign-in is never the session after it", async () => {
    const planted = ["planted", "planted.signature", encodeURIComponent("planted.AAAA=")].map((value) => `pareidolia.session=${value}`);
    for (const cookie of planted) {
      const issued = cookieOf(await signIn({}, { cookie }));
      expect(await readViewer(issued)).toBe("Ada");
      expect(issued).not.toBe(cookie);
      expect(await readViewer(cookie)).toBeUndefined();
    }
    expect(await api.database.connection.session.count({ where: { token: { startsWith: "planted" } } })).toBe(0);
  });

  it("an attacker's own session stays the attacker's when the victim signs in with its cookie", async () => {
    const eve = await api.createMember("eve", "VIEWER");
    const victim = cookieOf(await signIn({}, { cookie: eve.cookie }));
    expect(victim).not.toBe(eve.cookie);
    expect([await readViewer(victim), await readViewer(eve.cookie)]).toEqual(["Ada", "eve"]);
  });

  it("each sign-in starts a session of its own, and changing the password with other sessions ended leaves one", async () => {
    const cookies = [cookieOf(await signIn()), cookieOf(await signIn())];
    expect(new Set([api.owner.cookie, ...cookies]).size).toBe(3);
    const change = { currentPassword: password, newPassword: "another horse battery", revokeOtherSessions: true };
    const changed = await api.postAuth("/change-password", change, { cookie: cookies[0] ?? "" });
    const kept = cookieOf(changed);
    expect([await readViewer(kept), await readViewer(cookies[1] ?? ""), await readViewer(api.owner.cookie)]).toEqual([
      "Ada",
      undefined,
      undefined,
    ]);
  });
});

describe("rate-limit race", () => {
  it("of 100 parallel attempts exactly the limit pass, even with the right password", async () => {
    await api.database.connection.rateLimit.deleteMany();
    // From 100 addresses, so that only the limit of the account counts.
    const attempts = Array.from({ length: 100 }, async (_, i) => (await signIn({}, { "x-forwarded-for": `203.0.113.${i + 1}` })).status);
    const statuses = await Promise.all(attempts);
    expect(statuses.filter((status) => status === 200)).toHaveLength(attemptLimits.perAccount);
    expect(statuses.filter((status) => status === 429)).toHaveLength(100 - attemptLimits.perAccount);
  });

  it("of 100 parallel attempts of one client at as many accounts exactly the client's limit pass", async () => {
    await api.database.connection.rateLimit.deleteMany();
    const attempts = Array.from({ length: 100 }, async (_, i) => (await signIn({ email: `user${i}@pareidolia.example` })).status);
    const statuses = await Promise.all(attempts);
    expect(statuses.filter((status) => status === 401)).toHaveLength(attemptLimits.perClient);
  });

  it("the addresses of one IPv6 network are one client", async () => {
    await api.database.connection.rateLimit.deleteMany();
    const attempt = async (i: number, network: string) =>
      (await api.postAuth("/invitation", { token: "guessed" }, { "x-forwarded-for": `${network}::${(i + 1).toString(16)}` })).status;
    const statuses = await Promise.all(Array.from({ length: 60 }, (_, i) => attempt(i, "2001:db8:1:2")));
    expect(statuses.filter((status) => status !== 429)).toHaveLength(attemptLimits.perClient);
    expect(await attempt(0, "2001:db8:1:3")).toBe(statuses.find((status) => status !== 429));
  });

  it("spelling an address differently starts no new count", async () => {
    await api.database.connection.rateLimit.deleteMany();
    const spellings = [email, email.toUpperCase(), ` ${email}`, `${email}\t`, "Ada@Pareidolia.Example"];
    const attempts = Array.from(
      { length: 40 },
      async (_, i) => (await signIn({ email: spellings[i % spellings.length], password: "wrong password" })).status,
    );
    expect((await Promise.all(attempts)).filter((status) => status !== 429)).toHaveLength(guessDelay.free);
  });
});

describe("keeping a member out", () => {
  const guess = (network: number, headers = {}) =>
    signIn({ password: "wrong password" }, { "x-forwarded-for": `203.0.113.${network}`, ...headers });

  it("one network's guesses delay that network only", async () => {
    await api.database.connection.rateLimit.deleteMany();
    const statuses = await Promise.all(Array.from({ length: 40 }, async () => (await guess(1)).status));
    expect(statuses.filter((status) => status === 401)).toHaveLength(guessDelay.free);
    expect((await signIn({}, { "x-forwarded-for": "203.0.113.1" })).status).toBe(429);
    expect((await signIn({}, { "x-forwarded-for": "203.0.113.2" })).status).toBe(200);
  });

  it("strangers with many networks keep no known device out, and no holder of the address who chooses a new password", async () => {
    await api.database.connection.rateLimit.deleteMany();
    const device = cookieOf(await signIn());
    await Promise.all(Array.from({ length: 60 }, (_, i) => guess(i + 1)));
    expect((await signIn({}, { "x-forwarded-for": "203.0.113.200" })).status).toBe(429);
    // Even from a network of the strangers.
    expect((await signIn({}, { cookie: device, "x-forwarded-for": "203.0.113.1" })).status).toBe(200);
    await api.postAuth("/request-password-reset", { email });
    const token = await readSentToken(api.database, email, "reset");
    expect((await api.postAuth("/reset-password", { token, newPassword: "another horse battery" })).status).toBe(200);
    expect((await signIn({ password: "another horse battery" }, { "x-forwarded-for": "203.0.113.200" })).status).toBe(200);
  });

  it("a known device guesses no faster, and is known for its own accounts only", async () => {
    await api.createMember("grace", "VIEWER");
    const device = cookieOf(await signIn());
    await api.database.connection.rateLimit.deleteMany();
    const statuses = await Promise.all(Array.from({ length: 20 }, async (_, i) => (await guess(i + 1, { cookie: device })).status));
    expect(statuses.filter((status) => status === 401)).toHaveLength(guessDelay.free);
    expect((await signIn({}, { "x-forwarded-for": "203.0.113.200" })).status).toBe(200);
    const graces = await Promise.all(
      Array.from({ length: 60 }, async (_, i) => {
        const headers = { cookie: device, "x-forwarded-for": `203.0.113.${i + 1}` };
        return (await signIn({ email: "grace@pareidolia.example", password: "wrong password" }, headers)).status;
      }),
    );
    expect(graces.filter((status) => status === 401)).toHaveLength(attemptLimits.perAccount);
  });

  it("signing in to one account does not end another account's delay on the same device", async () => {
    await api.createMember("grace", "VIEWER");
    const grace = "grace@pareidolia.example";
    const first = cookieOf(await signIn());
    const shared = { cookie: cookieOf(await signIn({ email: grace }, { cookie: first })) };
    for (let i = 0; i < guessDelay.free; i++) expect((await guess(1, shared)).status).toBe(401);
    expect((await signIn({ email: grace }, shared)).status).toBe(200);
    expect((await guess(1, shared)).status).toBe(429);
  });

  it("the delay doubles with each guess, and a success ends it", async () => {
    const wait = async () => Number((await guess(1)).headers.get("retry-after"));
    const setBack = (seconds: number) =>
      api.database.connection
        .$executeRaw`UPDATE rate_limits SET window_started_at = window_started_at - ${seconds}::int * interval '1 second'`;
    await api.database.connection.rateLimit.deleteMany();
    for (let i = 0; i < guessDelay.free; i++) expect(await wait()).toBe(0);
    for (const seconds of [2, 4, 8]) {
      expect([seconds - 1, seconds]).toContain(await wait());
      await setBack(seconds);
      expect(await wait()).toBe(0);
    }
    await setBack(16);
    expect((await signIn({}, { "x-forwarded-for": "203.0.113.1" })).status).toBe(200);
    expect(await wait()).toBe(0);
  });
});

describe("a new password", () => {
  const next = "another horse battery";
  const createKey = async () => {
    const create = 'mutation { createApiKey(input: { name: "Key", scopes: [READ] }) { ... on CreateApiKeySuccess { secret } } }';
    return { authorization: `Bearer ${(await api.ask(api.owner, create)).body.data.createApiKey.secret}` };
  };
  const read = async (sender: Sender) => (await api.ask(sender, "{ viewer { role } }")).status;

  it.each([
    [{}, 401, 401],
    [{ endSessions: false }, 200, 401],
    [{ revokeKeys: false }, 401, 200],
    [{ endSessions: false, revokeKeys: false }, 200, 200],
  ])("ends sessions and API keys unless they are to be kept: %j", async (choice, sessionStatus, keyStatus) => {
    await api.database.connection.user.updateMany({ data: { emailVerified: true } });
    const other = { cookie: cookieOf(await signIn()) };
    const key = await createKey();
    const change = { currentPassword: password, newPassword: next, ...choice };
    const changed = { cookie: cookieOf(await api.postAuth("/change-password", change, api.owner)) };
    expect([await read(other), await read(key)]).toEqual([sessionStatus, keyStatus]);
    if (sessionStatus === 401) expect(await read(changed)).toBe(200);

    const second = { cookie: cookieOf(await signIn({ password: next })) };
    await api.postAuth("/request-password-reset", { email });
    const token = await readSentToken(api.database, email, "reset");
    expect((await api.postAuth("/reset-password", { token, newPassword: password, ...choice })).status).toBe(200);
    expect(await read(second)).toBe(sessionStatus);
    const revoked = await api.database.connection.auditEntry.count({ where: { action: "apiKey:revoke" } });
    expect(revoked).toBe(keyStatus === 401 ? 1 : 0);
  });

  it("is refused with a choice that is none", async () => {
    const change = { currentPassword: password, newPassword: next, revokeKeys: "yes" };
    expect((await api.postAuth("/change-password", change, api.owner)).status).toBe(400);
  });
});

describe("equal time for unknown users", () => {
  it("a sign-in hashes one password, whether the address is known, unknown or without a password", async () => {
    await api.database.connection.user.create({ data: { id: "linked", name: "Linked", email: "linked@pareidolia.example" } });
    const logger = pino({ level: "silent" });
    const audit = auditSessions(api.database, logger);
    const accounts = createAccounts({ ...accountSettings, database: api.database, logger, audit });
    const { password: hashing } = await accounts.$context;
    const spies = [vi.spyOn(hashing, "hash"), vi.spyOn(hashing, "verify")];
    const work: number[] = [];
    for (const address of [email, "unknown@pareidolia.example", "linked@pareidolia.example"]) {
      const answer = await accounts.api.signInEmail({ body: { email: address, password: "wrong password" }, asResponse: true });
      expect(answer.status).toBe(401);
      work.push(spies.reduce((sum, spy) => sum + spy.mock.calls.length, 0));
      for (const spy of spies) spy.mockClear();
    }
    expect(work).toEqual([1, 1, 1]);
    await audit.settle();
  });
});
