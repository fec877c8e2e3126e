/** How requests are authenticated: by API key, and by session cookie or, without accounts, as the only user. */
import type { Database } from "@pareidolia/persistence/server/database/database";
import type { RequestHandler } from "express";
import type { Logger } from "pino";
import { KeyUses } from "../apiKey/keyUses.ts";
import { serveAccounts } from "./accounts.route.ts";
import { type AccountSettings, createAccounts } from "./accounts.ts";
import { AfterResponse } from "./afterResponse.ts";
import { auditSessions } from "./auditSessions.ts";
import type { Authenticate } from "./authenticate.ts";
import { authenticateKeyOr } from "./authenticateKey.ts";
import { authenticateSession } from "./authenticateSession.ts";
import { type RememberOptions, rememberActors } from "./rememberActors.ts";
import { authenticateSingleUser } from "./singleUser.ts";

export interface IdentityOptions extends RememberOptions {
  readonly database: Database;
  readonly logger: Logger;
}

export interface Identity {
  readonly authenticate: Authenticate;
  /** The routes under `accountsPath`; null without accounts. */
  readonly accounts: RequestHandler | null;
  /** Finishes work that started after a response, and writes what is still to be written about used keys and refused sign-ins. */
  close(): Promise<void>;
}

/** `settings` is null for a single user without an account. */
export function openIdentity(settings: AccountSettings | null, options: IdentityOptions): Identity {
  const { database, logger } = options;
  const uses = new KeyUses(database, logger);
  const afterResponse = new AfterResponse(logger);
  const audit = auditSessions(database, logger);
  const accounts = settings === null ? null : createAccounts({ ...settings, database, logger, audit });
  const bySession =
    settings === null || accounts === null ? authenticateSingleUser : authenticateSession(accounts, database, settings.secret);
  const { authenticate, close: forgetActors } = rememberActors(authenticateKeyOr(bySession, database, uses), options);
  return {
    authenticate,
    accounts:
      settings === null || accounts === null ? null : serveAccounts({ ...settings, accounts, database, authenticate, afterResponse }),
    async close() {
      forgetActors();
      await afterResponse.close();
      await audit.settle();
      await uses.close();
    },
  };
}
