/**
 * A system with accounts for browser tests: an API and a web application of their own, with a database of their own, so that counts and
 * lists are the test's. The programs are those that the end-to-end tests' system has built.
 */

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Role } from "@pareidolia/core/actor";
import { webArguments } from "@pareidolia/launcher/webArguments";
import { issueOwnerLink } from "@pareidolia/persistence/access/accounts/ownerLink";
import { prepareApplicationRole } from "@pareidolia/persistence/server/database/applicationRole";
import { openDatabase } from "@pareidolia/persistence/server/database/database";
import { migrate } from "@pareidolia/persistence/server/database/migrations";
import { localWorkspaceId, seedLocalOwner } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import type { BrowserContext } from "@playwright/test";
import { persistedOperationsFile } from "../../apps/launcher/src/prepare/prepareBuild.ts";
import { startChild } from "../../apps/launcher/src/processes/child.ts";
import { test as base } from "./browser.ts";
import { type OidcProvider, startOidcProvider } from "./oidcProvider.ts";
import { asApplication, createDatabase, startPostgresServer } from "./postgresServer.ts";
import { findFreePort, waitForAnswer } from "./servers.ts";

const root = path.resolve(import.meta.dirname, "../..");
const password = "correct horse battery";
const millisecondsToStart = 60_000;

interface Person {
  /** The user's id and name. */
  readonly name: string;
  readonly email: string;
}

interface SessionCookie {
  readonly name: string;
  readonly value: string;
  readonly domain: string;
  readonly path: string;
}

export interface AccountsSystem {
  readonly url: string;
  readonly owner: Person;
  /** The provider that the sign-in page offers as "Lab ID". */
  readonly provider: OidcProvider;
  /** The database's client, for what no page does. */
  readonly connection: Awaited<ReturnType<typeof openDatabase>>["connection"];
  /** Creates a member of the owner's workspace. */
  createMember(name: string, role: Role): Promise<Person>;
  /** Signs the browser in as a person, always with the same session. */
  signIn(context: BrowserContext, person: Person): Promise<void>;
  /** Posts JSON to a route under /auth. */
  postAuth(path: string, body: object): Promise<Response>;
  close(): Promise<void>;
}

const secret = "a secret for tests, long enough to be one";

async function startAccountsSystem(): Promise<AccountsSystem> {
  // Of this system only: the kept heads of another's audit logs are not of this one's.
  const home = await mkdtemp(path.join(tmpdir(), "pareidolia-accounts-"));
  const provider = await startOidcProvider();
  const server = await startPostgresServer();
  const ownerUrl = await createDatabase(server.url, "accounts");
  await migrate(ownerUrl);
  const databaseUrl = asApplication(ownerUrl);
  await prepareApplicationRole(ownerUrl, databaseUrl);
  const database = await openDatabase(databaseUrl, { secret });
  const { connection } = database;
  await seedLocalOwner(connection);
  const token = await issueOwnerLink(connection, localWorkspaceId);
  const [apiPort, webPort] = [await findFreePort(), await findFreePort()];
  const apiUrl = `http://127.0.0.1:${apiPort}`;
  const url = `http://localhost:${webPort}`;
  const output: string[] = [];
  const env = {
    ...process.env,
    NODE_ENV: "production" as const,
    DATABASE_URL: databaseUrl,
    PAREIDOLIA_HOME: home,
    PAREIDOLIA_SECRET: secret,
    PAREIDOLIA_PERSISTED_OPERATIONS: path.join(root, persistedOperationsFile),
    PAREIDOLIA_SINGLE_USER: "off",
    PAREIDOLIA_URL: url,
    PAREIDOLIA_OIDC_ISSUER: provider.issuer.href,
    PAREIDOLIA_OIDC_CLIENT_ID: provider.clientId,
    PAREIDOLIA_OIDC_CLIENT_SECRET: provider.clientSecret,
    PAREIDOLIA_OIDC_NAME: "Lab ID",
    API_PORT: String(apiPort),
    API_URL: apiUrl,
    PORT: String(webPort),
  };
  const onLine = (line: string): void => void output.push(line);
  const api = startChild({ script: path.join(root, "apps/api/dist/main.js"), cwd: root, env, onLine });
  const web = startChild({
    script: path.join(root, "node_modules/next/dist/bin/next"),
    args: webArguments(webPort),
    cwd: path.join(root, "apps/web"),
    env,
    onLine,
  });
  await waitForAnswer(`${apiUrl}/readyz`, output, millisecondsToStart);
  await waitForAnswer(`${url}/icon.svg`, output, millisecondsToStart);

  const postAuth = (route: string, body: object): Promise<Response> =>
    fetch(`${apiUrl}/auth${route}`, {
      method: "POST",
      headers: { "content-type": "application/json", origin: url },
      body: JSON.stringify(body),
    });
  // Sign-ins are limited, so each person has one session.
  const cookiesOf = new Map<string, readonly SessionCookie[]>();
  const startSession = async (email: string): Promise<readonly SessionCookie[]> => {
    const response = await postAuth("/sign-in/email", { email, password });
    if (!response.ok) throw new Error(`${email} could not sign in: ${await response.text()}`);
    return response.headers.getSetCookie().map((cookie) => {
      const [pair = ""] = cookie.split(";");
      const at = pair.indexOf("=");
      return { name: pair.slice(0, at), value: pair.slice(at + 1), domain: "localhost", path: "/" };
    });
  };
  const owner = { name: "Ada", email: "ada@lab.example" };
  const created = await postAuth("/owner", { token, ...owner, password });
  if (!created.ok) throw new Error(`The owner could not be created: ${await created.text()}`);
  const { password: passwordHash } = await connection.account.findFirstOrThrow();
  return {
    url,
    owner,
    provider,
    connection,
    postAuth,
    async createMember(name, role) {
      const person = { name, email: `${name}@lab.example` };
      await connection.user.create({ data: { id: name, ...person, emailVerified: true } });
      await connection.membership.create({ data: { id: `membership_${name}`, userId: name, workspaceId: localWorkspaceId, role } });
      await connection.account.create({
        data: { id: `account_${name}`, userId: name, accountId: name, providerId: "credential", password: passwordHash },
      });
      return person;
    },
    async signIn(context, { email }) {
      const known = cookiesOf.get(email) ?? (await startSession(email));
      cookiesOf.set(email, known);
      await context.clearCookies();
      await context.addCookies([...known]);
    },
    async close() {
      for (const child of [web, api]) {
        child.signal("SIGTERM");
        await child.ended;
      }
      await database.close();
      await server.stop();
      await provider.close();
      await rm(home, { recursive: true, force: true });
    },
  };
}

/** Tests of one worker share the system; `baseURL` is its address, and the browser is signed in as the owner. */
export const test = base.extend<object, { readonly system: AccountsSystem }>({
  system: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's dependencies from this pattern
    async ({}, use) => {
      const system = await startAccountsSystem();
      await use(system);
      await system.close();
    },
    { scope: "worker", timeout: 2 * millisecondsToStart },
  ],
  baseURL: async ({ system }, use) => use(system.url),
  context: async ({ context, system }, use) => {
    await system.signIn(context, system.owner);
    await use(context);
  },
});
