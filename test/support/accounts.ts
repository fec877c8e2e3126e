/** An API with accounts: an owner who is signed in, and further members with the same password. */
import { createHmac, randomBytes } from "node:crypto";
import type { AccountSettings } from "@pareidolia/api/identity/accounts";
import type { Role } from "@pareidolia/core/actor";
import { issueOwnerLink } from "@pareidolia/persistence/access/accounts/ownerLink";
import { localWorkspaceId, seedLocalOwner } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { startTestApi, type TestApi, type TestApiOptions } from "./api.ts";
import { DatabasePool } from "./databasePool.ts";

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

/** Databases whose workspace has its owner, who is signed in. */
const ownedDatabases = new DatabasePool();
/** Of the owner's session in these databases. */
let ownerCookie: string | null = null;

const sessionMilliseconds = 7 * 86_400_000;

type AccountsApiOptions = TestApiOptions & Pick<AccountSettings, "oidc" | "sendsEmails">;

export async function startAccountsApi({ oidc = null, sendsEmails = false, ...options }: AccountsApiOptions = {}): Promise<AccountsApi> {
  const api = await startTestApi({ pool: ownedDatabases, ...options, accounts: { ...accountSettings, oidc, sendsEmails } });
  const { connection } = api.database;
  const postAuth = (path: string, body: object, headers: Readonly<Record<string, string>> = {}): Promise<Response> =>
    fetch(`${api.url}/auth${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", origin: webOrigin, ...headers },
      body: JSON.stringify(body),
    });
  const signIn = async (email: string) => ({ cookie: cookieOf(await postAuth("/sign-in/email", { email, password })) });
  const createOwner = async (): Promise<string> => {
    await seedLocalOwner(connection);
    const token = await issueOwnerLink(connection, localWorkspaceId);
    const cookie = cookieOf(await postAuth("/owner", { token, name: "Ada", email: ownerEmail, password }));
    if (ownerCookie === null) await ownedDatabases.learn(api.ownerUrl);
    ownerCookie ??= cookie;
    return cookie;
  };
  const owner = { cookie: api.isRestored && ownerCookie !== null ? ownerCookie : await createOwner() };
  const { password: passwordHash } = await connection.account.findFirstOrThrow();
  /** As a sign-in does, without its hashing of the password, which takes a tenth of a second of the processor's time. */
  const startSession = async (userId: string): Promise<string> => {
    const token = randomBytes(24).toString("base64url");
    const expiresAt = new Date(Date.now() + sessionMilliseconds);
    await connection.session.create({
      data: { id: `session_${randomBytes(12).toString("hex")}`, userId, token, expiresAt, ipAddress: "127.0.0.1" },
    });
    const signature = createHmac("sha256", accountSettings.secret).update(token).digest("base64");
    const [cookieName = ""] = owner.cookie.split("=");
    return `${cookieName}=${encodeURIComponent(`${token}.${signature}`)}`;
  };
  return {
    ...api,
    owner,
    postAuth,
    signIn,
    ask: (sender, query, variables = {}) => api.post(JSON.stringify({ query, variables }), { origin: webOrigin, ...sender }),
    async createMember(name, role) {
      const email = `${name}@pareidolia.example`;
      await connection.user.create({ data: { id: name, name, email, emailVerified: true } });
      const memberId = `membership_${name}`;
      await connection.membership.create({ data: { id: memberId, userId: name, workspaceId: localWorkspaceId, role } });
      await connection.account.create({
        data: { id: `account_${name}`, userId: name, accountId: name, providerId: "credential", password: passwordHash },
      });
      return { cookie: await startSession(name), memberId };
    },
  };
}
