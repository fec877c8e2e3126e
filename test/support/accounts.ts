/** An API with accounts: an owner who is signed in, and further members with the same password. */
import type { AccountSettings } from "@pareidolia/api/identity/accounts";
import { attemptLimits } from "@pareidolia/api/identity/limitAttempts";
import type { Role } from "@pareidolia/core/actor";
import { issueOwnerLink } from "@pareidolia/persistence/accounts/ownerLink";
import { localWorkspaceId, seedLocalOwner } from "@pareidolia/persistence/workspaces/localWorkspace";
import { startTestApi, type TestApi, type TestApiOptions } from "./api.ts";

/** The web application's origin, from which all requests of these tests claim to come. */
const webOrigin = "http://127.0.0.1:3000";
export const password = "correct horse battery";
const ownerEmail = "ada@pareidolia.example";

/** What a client sends to identify itself. */
export type Sender = { readonly cookie: string } | { readonly authorization: string } | Readonly<Record<string, never>>;

export interface AccountsApi extends TestApi {
  readonly owner: { readonly cookie: string };
  ask(sender: Sender, query: string, variables?: Record<string, unknown>): ReturnType<TestApi["post"]>;
  /** Posts JSON to a route under /auth. */
  postAuth(path: string, body: object, headers?: Readonly<Record<string, string>>): Promise<Response>;
  /** Creates a member of the owner's workspace, who is signed in. Their user's id is `name`. */
  createMember(name: string, role: Role): Promise<{ readonly cookie: string; readonly memberId: string }>;
  signIn(email: string): Promise<{ readonly cookie: string }>;
}

export function cookieOf(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");
}

export const accountSettings = { secret: "a secret for tests, long enough to be one", publicUrl: new URL(webOrigin) };

type AccountsApiOptions = TestApiOptions & Pick<AccountSettings, "oidc" | "sendsEmails">;

export async function startAccountsApi({ oidc = null, sendsEmails = false, ...options }: AccountsApiOptions = {}): Promise<AccountsApi> {
  const api = await startTestApi({ ...options, accounts: { ...accountSettings, oidc, sendsEmails } });
  const { connection } = api.database;
  const postAuth = (path: string, body: object, headers: Readonly<Record<string, string>> = {}): Promise<Response> =>
    fetch(`${api.url}/auth${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", origin: webOrigin, ...headers },
      body: JSON.stringify(body),
    });
  const signIn = async (email: string) => ({ cookie: cookieOf(await postAuth("/sign-in/email", { email, password })) });
  await seedLocalOwner(connection);
  const token = await issueOwnerLink(connection, localWorkspaceId);
  const owner = { cookie: cookieOf(await postAuth("/owner", { token, name: "Ada", email: ownerEmail, password })) };
  const { password: passwordHash } = await connection.account.findFirstOrThrow();
  let members = 0;
  return {
    ...api,
    owner,
    postAuth,
    signIn,
    ask: (sender, query, variables = {}) => api.post(JSON.stringify({ query, variables }), { origin: webOrigin, ...sender }),
    async createMember(name, role) {
      if (++members * 2 > attemptLimits.perClient) throw new Error("This test creates more members than may sign in at once.");
      const email = `${name}@pareidolia.example`;
      await connection.user.create({ data: { id: name, name, email, emailVerified: true } });
      const memberId = `membership_${name}`;
      await connection.membership.create({ data: { id: memberId, userId: name, workspaceId: localWorkspaceId, role } });
      await connection.account.create({
        data: { id: `account_${name}`, userId: name, accountId: name, providerId: "credential", password: passwordHash },
      });
      return { ...(await signIn(email)), memberId };
    },
  };
}
