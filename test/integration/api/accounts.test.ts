/** The first owner's link, sign-in and sessions, over real HTTP on a real database. */
import { guessDelay } from "@pareidolia/api/identity/limitAttempts";
import { issueOwnerLink } from "@pareidolia/persistence/access/accounts/ownerLink";
import { localWorkspaceId, seedLocalOwner } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startTestApi, type TestApi } from "../../support/api.ts";

const origin = "http://127.0.0.1:3000";
const secret = "a secret for tests, long enough to be one";
const owner = { name: "Ada", email: "ada@pareidolia.example", password: "correct horse battery" };
const viewer = JSON.stringify({ query: "{ viewer { role user { name } workspace { slug } } }" });

let api: TestApi;
beforeEach(async () => {
  api = await startTestApi({ accounts: { secret, publicUrl: new URL(origin) } });
  await seedLocalOwner(api.database.connection);
});
afterEach(() => api.close());

function post(path: string, body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  return fetch(`${api.url}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", origin, ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
}

async function issueLink(): Promise<string> {
  const token = await issueOwnerLink(api.database.connection, localWorkspaceId);
  if (token === null) throw new Error("An owner can sign in already.");
  return token;
}

function cookieOf(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");
}

async function createOwner(): Promise<string> {
  return cookieOf(await post("/auth/owner", { token: await issueLink(), ...owner }));
}

const signIn = (password = owner.password, email = owner.email) => post("/auth/sign-in/email", { email, password });
const readViewer = (cookie: string) => post("/graphql", viewer, { cookie });

describe("the first owner's link", () => {
  it("creates an owner, who keeps what the local user created, and signs in", async () => {
    const response = await post("/auth/owner", { token: await issueLink(), ...owner });
    expect(response.status).toBe(201);
    const { data } = (await (await readViewer(cookieOf(response))).json()) as { data: unknown };
    expect(data).toEqual({ viewer: { role: "OWNER", user: { name: "Ada" }, workspace: { slug: "local" } } });
    expect(await api.database.connection.user.count()).toBe(1);
  });

  it("works once, even for twenty requests at the same time", async () => {
    const token = await issueLink();
    const statuses = await Promise.all(
      Array.from(
        { length: 20 },
        async (_, i) => (await post("/auth/owner", { token, ...owner, email: `ada${i}@pareidolia.example` })).status,
      ),
    );
    expect(statuses.toSorted((a, b) => a - b)).toEqual([201, ...Array<number>(19).fill(404)]);
    expect(await api.database.connection.account.count()).toBe(1);
    expect(await issueOwnerLink(api.database.connection, localWorkspaceId)).toBeNull();
  });

  it("is not used up by a password that is too short", async () => {
    const token = await issueLink();
    const refused = await post("/auth/owner", { token, ...owner, password: "short" });
    expect([refused.status, await refused.json()]).toEqual([
      400,
      { errors: [{ message: "Choose a password of at least 10 characters.", extensions: { code: "INVALID_INPUT" } }] },
    ]);
    expect((await post("/auth/owner", { token, ...owner })).status).toBe(201);
  });

  it("is replaced by the next one, and expires", async () => {
    const first = await issueLink();
    const second = await issueLink();
    expect((await post("/auth/owner", { token: first, ...owner })).status).toBe(404);
    await api.database.connection.ownerLink.updateMany({ data: { expiresAt: new Date(Date.now() - 1) } });
    expect((await post("/auth/owner", { token: second, ...owner })).status).toBe(404);
  });
});

describe("a session", () => {
  it("is required, and comes in an HttpOnly cookie that no other site can send", async () => {
    expect((await post("/graphql", viewer)).status).toBe(401);
    await createOwner();
    const response = await signIn();
    const [cookie] = response.headers.getSetCookie();
    expect(cookie).toMatch(/^pareidolia\.session=.*HttpOnly; SameSite=Lax$/);
    expect((await readViewer(cookieOf(response))).status).toBe(200);
  });

  it("is bound to the host and to TLS when the web application is reached over https", async () => {
    await createOwner();
    const behindTls = await startTestApi({ accounts: { secret, publicUrl: new URL("https://lab.example") } });
    try {
      await seedLocalOwner(behindTls.database.connection);
      const token = await issueOwnerLink(behindTls.database.connection, localWorkspaceId);
      const response = await fetch(`${behindTls.url}/auth/owner`, {
        method: "POST",
        headers: { "content-type": "application/json", origin: "https://lab.example" },
        body: JSON.stringify({ token, ...owner }),
      });
      expect(response.headers.getSetCookie()[0]).toMatch(/^__Host-pareidolia\.session=.*Path=\/; HttpOnly; Secure; SameSite=Lax$/);
    } finally {
      await behindTls.close();
    }
  });

  it("ends with sign-out, everywhere on request, and when the member is suspended", async () => {
    const first = await createOwner();
    const second = cookieOf(await signIn());
    const third = cookieOf(await signIn());
    expect((await post("/auth/sign-out", {}, { cookie: first })).status).toBe(200);
    expect((await readViewer(first)).status).toBe(401);
    expect((await post("/auth/revoke-other-sessions", {}, { cookie: second })).status).toBe(200);
    expect([(await readViewer(second)).status, (await readViewer(third)).status]).toEqual([200, 401]);
    await api.database.connection.membership.updateMany({ data: { suspendedAt: new Date() } });
    await api.hearChanges();
    expect((await readViewer(second)).status).toBe(403);
  });

  it("gives no access to a workspace that the user was removed from", async () => {
    const cookie = await createOwner();
    await api.database.connection.membership.deleteMany();
    await api.hearChanges();
    expect((await readViewer(cookie)).status).toBe(403);
  });

  it("is not accepted with a forged token", async () => {
    const cookie = await createOwner();
    const forged = cookie.replace(/=.{8}/, "=AAAAAAAA");
    expect((await readViewer(forged)).status).toBe(401);
  });
});

describe("signing in", () => {
  it("answers a wrong password and an unknown address alike", async () => {
    await createOwner();
    const answers = await Promise.all([signIn("wrong password"), signIn("wrong password", "unknown@pareidolia.example")]);
    const [known, unknown] = await Promise.all(answers.map(async (answer) => [answer.status, await answer.json()]));
    expect(known).toEqual(unknown);
    expect(known?.[0]).toBe(401);
  });

  it("is refused for an address that cannot be stored", async () => {
    await createOwner();
    expect((await signIn(owner.password, "a\u0000@lab.example")).status).toBe(400);
    expect((await signIn(owner.password, "\ud800@lab.example")).status).toBe(400);
    expect((await post("/auth/request-password-reset", { email: "a\u0000@lab.example" })).status).toBe(400);
  });

  it("is refused from another origin", async () => {
    await createOwner();
    const response = await post(
      "/auth/sign-in/email",
      { email: owner.email, password: owner.password },
      { origin: "http://elsewhere.example" },
    );
    expect(response.status).toBe(403);
    expect(response.headers.getSetCookie()).toEqual([]);
  });

  it("is limited to five attempts without a wait, however many run at the same time and whatever the form of the request", async () => {
    await createOwner();
    const forms = [
      { "content-type": "application/json" },
      { "content-type": "application/x-www-form-urlencoded" },
      { "content-type": "text/plain" },
    ];
    const body = { email: owner.email, password: "wrong password" };
    const statuses = await Promise.all(
      Array.from({ length: 40 }, async (_, i) => (await post("/auth/sign-in/email", body, forms[i % forms.length])).status),
    );
    expect(statuses.filter((status) => status !== 429)).toHaveLength(guessDelay.free);
    await api.database.connection.rateLimit.updateMany({ data: { attempts: guessDelay.free + 9 } });
    const refused = await signIn();
    expect([refused.status, Number(refused.headers.get("retry-after"))]).toEqual([
      429,
      expect.closeTo(guessDelay.firstSeconds * 2 ** 9, -2),
    ]);
  });

  it("keeps the routes closed that the web application does not use", async () => {
    const cookie = await createOwner();
    for (const path of [
      "/sign-up/email",
      "/delete-user",
      "/change-email",
      "/link-social",
      "/sign-in/social",
      "/update-session",
      "/two-factor/get-totp-uri",
      "/two-factor/send-otp",
      "/verify-password",
      "/set-password",
    ])
      expect([path, (await post(`/auth${path}`, { ...owner, email: "eve@pareidolia.example" }, { cookie })).status]).toEqual([path, 404]);
    expect(await api.database.connection.user.count()).toBe(1);
  });
});

describe("a profile", () => {
  it("has a name of one line and no image from another site, and sets nothing else", async () => {
    const cookie = await createOwner();
    const update = (body: object) => post("/auth/update-user", body, { cookie });
    expect((await update({ name: " Ada\n\u0007Lovelace", image: "https://elsewhere.example/pixel.png" })).status).toBe(200);
    expect(await api.database.connection.user.findFirstOrThrow()).toMatchObject({ name: "Ada Lovelace", image: null });
    expect((await update({ name: "x".repeat(101) })).status).toBe(400);
    expect((await update({ name: " \n" })).status).toBe(400);
    await update({ email: "eve@pareidolia.example", emailVerified: true, twoFactorEnabled: true, activeWorkspaceId: "elsewhere" });
    expect(await api.database.connection.user.findFirstOrThrow()).toMatchObject({
      email: owner.email,
      emailVerified: false,
      twoFactorEnabled: false,
    });
  });
});
