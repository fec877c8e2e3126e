/**
 * Accounts by better-auth, on our own tables: passwords and sessions. Workspaces, roles and who may do what are not its business: `policy`
 * decides them, by the membership that each request reads again.
 */

import type { Database } from "@pareidolia/persistence/database/database";
import { betterAuth } from "better-auth";
import { prismaAdapter } from "better-auth/adapters/prisma";
import type { Logger } from "pino";
import type { SessionAudit } from "./auditSessions.ts";

export interface AccountSettings {
  /** Signs cookies. At least 32 random bytes, as text. */
  readonly secret: string;
  /** Where browsers reach the web application, such as https://lab.example. */
  readonly publicUrl: URL;
}

export interface AccountOptions extends AccountSettings {
  readonly database: Database;
  readonly logger: Logger;
  readonly audit: SessionAudit;
}

/** Path of better-auth's own routes, in the API and through the web application. */
export const accountsPath = "/auth";

const day = 86_400;
export const passwordLengths = { minimum: 10, maximum: 128 } as const;

export type Accounts = ReturnType<typeof createAccounts>;

export function createAccounts({ database, logger, audit, secret, publicUrl }: AccountOptions) {
  const isSecure = publicUrl.protocol === "https:";
  return betterAuth({
    appName: "Pareidolia",
    baseURL: publicUrl.origin,
    basePath: accountsPath,
    secret,
    trustedOrigins: [publicUrl.origin],
    database: prismaAdapter(database.connection, { provider: "postgresql", transaction: true }),
    // Accounts are created by an owner's link or an invitation only.
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: passwordLengths.minimum,
      maxPasswordLength: passwordLengths.maximum,
      revokeSessionsOnPasswordReset: true,
    },
    session: {
      expiresIn: 14 * day,
      updateAge: day,
      additionalFields: { activeWorkspaceId: { type: "string", required: false, input: false } },
    },
    // `http/limitSignIns` counts attempts in Postgres, in one statement each.
    rateLimit: { enabled: false },
    advanced: {
      // The prefix __Host- binds a cookie to this host and to TLS; a browser accepts it only over https.
      useSecureCookies: false,
      cookies: { session_token: { name: isSecure ? "__Host-pareidolia.session" : "pareidolia.session" } },
      defaultCookieAttributes: { httpOnly: true, sameSite: "lax", secure: isSecure, path: "/" },
      database: { generateId: ({ model }) => `${model}_${crypto.randomUUID()}` },
    },
    plugins: [audit.plugin],
    telemetry: { enabled: false },
    logger: { log: (level, message) => logger[level]({ source: "better-auth" }, message) },
  });
}
