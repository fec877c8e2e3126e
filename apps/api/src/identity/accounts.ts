/**
 * Accounts: better-auth on our own tables handles passwords and sessions. It knows nothing of workspaces, roles or rights: `policy` decides
 * by the membership, which is read together with the session.
 */

import type { Database } from "@pareidolia/persistence/server/database/database";
import { betterAuth } from "better-auth";
import { prismaAdapter } from "better-auth/adapters/prisma";
import { createAuthMiddleware } from "better-auth/api";
import type { Logger } from "pino";
import { minutesOfReset, writeResetEmail } from "./accountEmails.ts";
import type { SessionAudit } from "./auditSessions.ts";
import { clientAddressHeader } from "./clientAddressHeader.ts";
import { keepWorkspace } from "./keepWorkspace.ts";
import { oidcPlugin, refuseNewUser, withoutTokens } from "./oidc.ts";
import type { OidcSettings } from "./oidcSettings.ts";
import { passwordLengths } from "./passwordLengths.ts";
import { changedProfile, profileOfNewUser } from "./profile.ts";
import { limitCodes, secondFactor, settleCredentials } from "./secondFactor.ts";
import { settlePasswordReset } from "./settlePasswordReset.ts";
import { settleSignIn } from "./settleSignIn.ts";

export interface AccountSettings {
  /** Signs cookies. At least 32 random bytes, as text. */
  readonly secret: string;
  /** Where browsers reach the web application, such as https://lab.example. */
  readonly publicUrl: URL;
  /** Default: people sign in by password only. */
  readonly oidc?: OidcSettings | null;
  /** Whether there is a mail server; without one, links are in a file of the data folder. Default: false. */
  readonly sendsEmails?: boolean;
}

export interface AccountOptions extends AccountSettings {
  readonly database: Database;
  readonly logger: Logger;
  readonly audit: SessionAudit;
}

/** Path of better-auth's own routes, in the API and through the web application. */
export const accountsPath = "/auth";

/** Name of the session cookie, without the prefix `__Host-` that it has over https. */
export const sessionCookie = "pareidolia.session";

const day = 86_400;

/** The origin of the web application. On this machine, browsers reach it by each loopback name. */
function ownOrigins({ origin, protocol, hostname, port }: URL): string[] {
  const loopbackNames = ["localhost", "127.0.0.1", "[::1]"];
  if (!loopbackNames.includes(hostname)) return [origin];
  return loopbackNames.map((name) => `${protocol}//${name}${port === "" ? "" : `:${port}`}`);
}

export type Accounts = ReturnType<typeof createAccounts>;

export function createAccounts({ database, logger, audit, secret, publicUrl, oidc = null }: AccountOptions) {
  const isSecure = publicUrl.protocol === "https:";
  const cookieName = (name: string): string => `${isSecure ? "__Host-" : ""}pareidolia.${name}`;
  return betterAuth({
    appName: "Pareidolia",
    baseURL: publicUrl.origin,
    basePath: accountsPath,
    secret,
    trustedOrigins: ownOrigins(publicUrl),
    database: prismaAdapter(database.connection, { provider: "postgresql", transaction: true }),
    // Accounts are created by an owner's link or an invitation only.
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: passwordLengths.minimum,
      maxPasswordLength: passwordLengths.maximum,
      // `settlePasswordReset` ends them, unless the person wants to keep them.
      revokeSessionsOnPasswordReset: false,
      resetPasswordTokenExpiresIn: minutesOfReset * 60,
      sendResetPassword: ({ user, token }) => writeResetEmail(database.connection, { to: user.email, publicUrl, token }),
      onPasswordReset: ({ user }, request) =>
        settlePasswordReset({ database, secret }, user, {
          publicUrl,
          clientAddress: request?.headers.get(clientAddressHeader) ?? undefined,
        }),
    },
    // A copy of the database contains no token that works.
    verification: { storeIdentifier: "hashed" },
    session: {
      expiresIn: 14 * day,
      // How often a browser that shows a page renews its session, which is also the precision of a session's last use.
      updateAge: 600,
      // Users may list and end their sessions at any time; a change of the password requires the current one.
      freshAge: 0,
      additionalFields: { activeWorkspaceId: { type: "string", required: false, input: false } },
    },
    plugins: [secondFactor(), ...(oidc === null ? [] : [oidcPlugin(oidc)]), settleSignIn({ database, secret }), audit.plugin],
    account: { updateAccountOnSignIn: false, accountLinking: { enabled: true, trustedProviders: [], requireLocalEmailVerified: true } },
    user: {
      validateUserInfo: async ({ user, source }) => (source.action === "create-user" ? refuseNewUser(database, user) : undefined),
    },
    databaseHooks: {
      account: { create: { before: async () => ({ data: withoutTokens }) } },
      session: { create: { before: async (session, context) => ({ data: keepWorkspace(session, context?.context.session ?? null) }) } },
      user: { create: { before: async (user) => profileOfNewUser(user) }, update: { before: async (user) => changedProfile(user) } },
    },
    onAPIError: { errorURL: new URL("/sign-in", publicUrl).href },
    hooks: {
      before: createAuthMiddleware((ctx) => limitCodes(ctx, { database, secret })),
      after: createAuthMiddleware((ctx) => settleCredentials(ctx, { database, publicUrl })),
    },
    // `identity/guessLimits` counts attempts in Postgres, in one statement each.
    rateLimit: { enabled: false },
    advanced: {
      // The prefix __Host- binds a cookie to this host and to TLS; a browser accepts it only over https.
      useSecureCookies: false,
      cookies: {
        session_token: { name: `${isSecure ? "__Host-" : ""}${sessionCookie}` },
        two_factor: { name: cookieName("second-factor") },
        trust_device: { name: cookieName("trusted-device") },
        device: { name: cookieName("device") },
        state: { name: cookieName("oidc-state") },
        dont_remember: { name: cookieName("until-closed") },
      },
      ipAddress: { ipAddressHeaders: [clientAddressHeader] },
      defaultCookieAttributes: { httpOnly: true, sameSite: "lax", secure: isSecure, path: "/" },
      database: { generateId: ({ model }) => `${model}_${crypto.randomUUID()}` },
    },
    telemetry: { enabled: false },
    logger: { log: (level, message) => logger[level]({ source: "better-auth" }, message) },
  });
}
