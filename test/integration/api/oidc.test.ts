/** Sign-in with an OpenID Connect provider, over real HTTP: what links a provider's account to ours, and what does not. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type AccountsApi, cookieOf, password, startAccountsApi } from "../../support/accounts.ts";
import { describeInFull } from "../../support/extent/inFull.ts";
import { type OidcProvider, startOidcProvider } from "../../support/oidcProvider.ts";
import { readSentToken } from "../../support/sentLinks.ts";

let provider: OidcProvider;
let api: AccountsApi;
beforeEach(async () => {
  provider = await startOidcProvider();
  api = await startAccountsApi({ oidc: { ...provider, name: "Lab accounts" }, sendsEmails: true });
});
afterEach(async () => {
  await api.close();
  await provider.close();
});

const grace = "grace@pareidolia.example";
const webOrigin = "http://127.0.0.1:3000";
const start = (body: object = {}, headers: Readonly<Record<string, string>> = {}) => api.postAuth("/oidc", body, headers);
const manual = { redirect: "manual" } as const;

/** Follows the browser to the provider. Returns the address to which the provider sends it back, and the cookie of the start. */
async function agree(body: object = {}): Promise<{ readonly callback: URL; readonly cookie: string }> {
  const response = await start(body);
  const { url } = (await response.json()) as { url: string };
  const callback = new URL((await fetch(url, manual)).headers.get("location") ?? "");
  expect(callback.origin + callback.pathname).toBe(`${webOrigin}/auth/callback/oidc`);
  return { callback, cookie: cookieOf(response) };
}

interface Outcome {
  /** Path and query of the page to which the browser is sent. */
  readonly page: string;
  readonly error: string | null;
  readonly cookie: string;
}

async function comeBack(callback: URL, cookie: string): Promise<Outcome> {
  const response = await fetch(`${api.url}${callback.pathname}${callback.search}`, { ...manual, headers: { cookie } });
  const page = new URL(response.headers.get("location") ?? "");
  expect([response.status, page.origin]).toEqual([302, webOrigin]);
  return { page: page.pathname + page.search, error: page.searchParams.get("error"), cookie: cookieOf(response) };
}

async function signIn(body: object = {}): Promise<Outcome> {
  const { callback, cookie } = await agree(body);
  return comeBack(callback, cookie);
}

const readViewer = async (cookie: string) => (await api.ask({ cookie }, "{ viewer { user { name } } }")).body.data?.viewer?.user.name;
const invite = (email: string) =>
  api.ask(api.owner, "mutation ($email: String!) { inviteMember(input: { email: $email, role: VIEWER }) { __typename } }", { email });
const users = () => api.database.connection.user.count();
const linkedAccounts = () => api.database.connection.account.findMany({ where: { providerId: "oidc" } });

describe("the ways to sign in", () => {
  it("are listed for the sign-in page, with the provider's name and whether e-mails are sent", async () => {
    const response = await fetch(`${api.url}/auth/methods`);
    expect(await response.json()).toEqual({ password: true, oidc: { name: "Lab accounts" }, email: true });
    const plain = await startAccountsApi();
    try {
      expect(await (await fetch(`${plain.url}/auth/methods`)).json()).toEqual({ password: true, oidc: null, email: false });
      expect((await plain.postAuth("/oidc", {}, plain.owner)).status).toBe(404);
    } finally {
      await plain.close();
    }
  });
});

describe("signing in with the provider", () => {
  it("signs in a member whose address both sides have verified, and returns to the page", async () => {
    await api.createMember("grace", "RESEARCHER");
    const { page, cookie } = await signIn({ path: "/runs?state=RUNNING" });
    expect(page).toBe("/runs?state=RUNNING");
    expect(await readViewer(cookie)).toBe("grace");
    expect(await linkedAccounts()).toEqual([
      expect.objectContaining({ userId: "grace", accountId: "1", accessToken: null, refreshToken: null, idToken: null, password: null }),
    ]);
    expect(await readViewer((await signIn()).cookie)).toBe("grace");
    expect(await linkedAccounts()).toEqual([expect.objectContaining({ accessToken: null, idToken: null })]);
  });

  it("uses PKCE, a state and a nonce, new ones each time", async () => {
    await agree();
    await agree();
    const [first, second] = provider.requests;
    for (const name of ["code_challenge", "state", "nonce"]) {
      expect(first?.get(name)).toMatch(/^[\w-]{32,}$/);
      expect(first?.get(name)).not.toBe(second?.get(name));
    }
    expect(first?.get("scope")?.split(" ").toSorted()).toEqual(["email", "openid", "profile"]);
  });

  it("keeps a link to the provider's account when the address changes there", async () => {
    await api.createMember("grace", "RESEARCHER");
    await signIn();
    provider.user = { ...provider.user, email: "ada@pareidolia.example" };
    expect(await readViewer((await signIn()).cookie)).toBe("grace");
  });
});

describe("account linking", () => {
  it("a pre-registered victim's address cannot be taken over through OIDC", async () => {
    // Without a mail server, Eve, an owner, invites the victim's address and uses the link herself.
    await api.close();
    api = await startAccountsApi({ oidc: { ...provider, name: "Lab accounts" } });
    const mutation =
      'mutation { inviteMember(input: { email: "grace@pareidolia.example", role: VIEWER }) { ... on InviteMemberSuccess { link } } }';
    const { link } = (await api.ask(api.owner, mutation)).body.data.inviteMember;
    const eve = cookieOf(await api.postAuth("/join", { token: link.split("/join/")[1], name: "Eve", password }));
    expect(await readViewer(eve)).toBe("Eve");
    // The victim signs in with the provider: their account there is not tied to Eve's.
    const victim = await signIn();
    expect(victim).toMatchObject({ page: expect.stringMatching(/^\/sign-in\?/), error: "account_not_linked" });
    expect([await readViewer(victim.cookie), await linkedAccounts()]).toEqual([undefined, []]);
    // The victim has the mailbox, so a new password takes the account over, and Eve is out.
    await api.postAuth("/request-password-reset", { email: grace });
    const token = await readSentToken(api.database, grace, "reset");
    expect((await api.postAuth("/reset-password", { token, newPassword: "another horse battery" })).status).toBe(200);
    expect(await readViewer(eve)).toBeUndefined();
    expect((await api.postAuth("/sign-in/email", { email: grace, password })).status).toBe(401);
    expect((await signIn()).error).toBeNull();
    expect(await linkedAccounts()).toHaveLength(1);
  });

  it("needs the provider to have verified the address", async () => {
    await api.createMember("grace", "RESEARCHER");
    for (const email_verified of [false, "false", null, undefined]) {
      provider.claims = { email_verified };
      const outcome = await signIn();
      expect([outcome.error, await readViewer(outcome.cookie)]).toEqual(["account_not_linked", undefined]);
    }
    expect(await linkedAccounts()).toEqual([]);
  });
});

describe("an address without an account", () => {
  it("is refused without an open invitation, with a reason for the page", async () => {
    const { page, error } = await signIn();
    expect(error).toBe("not_invited");
    expect(new URL(page, webOrigin).searchParams.get("error_description")).toContain("Ask an owner to invite you.");
    await invite(grace);
    await api.database.connection.invitation.updateMany({ data: { expiresAt: new Date(Date.now() - 1) } });
    expect((await signIn()).error).toBe("not_invited");
    expect(await users()).toBe(1);
  });

  it("gets an account with an open invitation, and joins the workspace by accepting it", async () => {
    await invite(grace);
    const token = await readSentToken(api.database, grace, "join");
    const { page, cookie } = await signIn({ path: `/join/${token}` });
    expect(page).toBe(`/join/${token}`);
    const role = async () => (await api.ask({ cookie }, "{ viewer { role } }")).body;
    expect((await role()).errors[0].extensions.code).toBe("NO_WORKSPACE");
    expect((await api.postAuth("/accept", { token }, { cookie })).status).toBe(201);
    expect((await role()).data.viewer.role).toBe("VIEWER");
    expect(await readViewer(cookie)).toBe("Grace");
  });

  it("is refused with an invitation if the provider has not verified it", async () => {
    await invite(grace);
    provider.user = { ...provider.user, email_verified: false };
    expect((await signIn()).error).toBe("email_not_verified");
    expect(await users()).toBe(1);
  });
});

describe("a forged return from the provider", () => {
  beforeEach(() => api.createMember("grace", "RESEARCHER"));

  it("is refused without the cookie of the browser that started, so that no attacker signs others in to their own account", async () => {
    const { callback } = await agree();
    const other = await agree();
    for (const cookie of ["", other.cookie]) {
      const outcome = await comeBack(callback, cookie);
      expect([outcome.error, await readViewer(outcome.cookie)]).toEqual(["state_mismatch", undefined]);
    }
  });

  it("is refused the second time", async () => {
    const { callback, cookie } = await agree();
    expect((await comeBack(callback, cookie)).error).toBeNull();
    expect((await comeBack(callback, cookie)).error).toBe("state_mismatch");
  });

  it.each([
    ["for another client", { aud: "another client" }],
    ["of another issuer", { iss: "http://elsewhere.example" }],
    ["of another sign-in", { nonce: "another" }],
    ["that has expired", { exp: 1 }],
  ])("is refused with an ID token %s", async (_, claims) => {
    provider.claims = claims;
    const outcome = await signIn();
    expect([outcome.error, await readViewer(outcome.cookie)]).toEqual(["unable_to_get_user_info", undefined]);
  });

  it("is refused with an ID token that the provider did not sign", async () => {
    provider.forgesSignature = true;
    expect((await signIn()).error).toBe("unable_to_get_user_info");
  });

  it("is refused with the code of another sign-in", async () => {
    const [first, second] = [await agree(), await agree()];
    first.callback.searchParams.set("code", second.callback.searchParams.get("code") ?? "");
    expect((await comeBack(first.callback, first.cookie)).error).toBe("invalid_code");
  });
});

describe("the start of a sign-in", () => {
  it.each(["https://elsewhere.example", "//elsewhere.example", "/\\elsewhere.example", "/\t/elsewhere.example", "runs", "/@elsewhere\n"])(
    "does not send the browser to %j afterwards",
    async (path) => {
      expect((await start({ path })).status).toBe(400);
    },
  );

  it("is refused from another origin", async () => {
    expect((await start({}, { origin: "http://elsewhere.example" })).status).toBe(403);
  });

  it("takes no ID token from the client", async () => {
    await api.createMember("grace", "RESEARCHER");
    const response = await start({ idToken: { token: "x.y.z" }, provider: "oidc", scopes: ["admin"], link: true });
    expect(await response.json()).toEqual({ url: expect.stringContaining("/authorize?") });
    expect((await api.postAuth("/sign-in/social", { provider: "oidc" }, api.owner)).status).toBe(404);
  });
});

describeInFull("a provider that does not answer", () => {
  it("does not delay other ways to sign in, and works again once it responds", async () => {
    provider.isSilent = true;
    await api.createMember("grace", "RESEARCHER");
    const silent = start();
    expect(await readViewer((await api.signIn(grace)).cookie)).toBe("grace");
    const answer = await silent;
    expect([answer.status, JSON.stringify(await answer.json())]).toEqual([503, expect.stringContaining("The provider does not answer.")]);
    provider.isSilent = false;
    expect(await readViewer((await signIn()).cookie)).toBe("grace");
  });
});
