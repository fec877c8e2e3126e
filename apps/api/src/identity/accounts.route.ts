/**
 * The routes under /auth: better-auth's own (sign-in, sign-out, sessions, passwords), and ours for new accounts, invitations, e-mail
 * addresses and programs. Each attempt to guess a secret is counted before it is checked.
 */
import { AppError } from "@pareidolia/core/appError";
import type { Database } from "@pareidolia/persistence/server/database/database";
import { toNodeHandler } from "better-auth/node";
import express, { type RequestHandler, type Router } from "express";
import { isStorable } from "../text.ts";
import { readAccessChoices } from "./accessChoices.ts";
import type { Accounts } from "./accounts.ts";
import type { AfterResponse } from "./afterResponse.ts";
import type { Authenticate } from "./authenticate.ts";
import { sendBackupCodeCount } from "./backupCodes.route.ts";
import { passClientAddress } from "./clientAddressHeader.ts";
import { createFirstOwner, describeOwnerLink } from "./createFirstOwner.ts";
import { serveDeviceLogins } from "./device/deviceLogins.route.ts";
import { requestEmailChange, requestVerification, verifyEmail } from "./emailAddress.ts";
import { limitGuesses } from "./guessLimits.ts";
import { queueHashing } from "./hashingQueue.ts";
import { acceptInvitation, describeInvitation, joinByInvitation, sendInvitationLink } from "./joinByInvitation.ts";
import { startOidc } from "./oidc.route.ts";
import { oidcProviderId } from "./oidc.ts";
import type { OidcSettings } from "./oidcSettings.ts";
import { describeResetLink, requestPasswordReset } from "./passwordReset.ts";
import { revokeOwnKey } from "./revokeOwnKey.ts";

const maxBodySize = "16kb";

/** The provider sends the browser back here. */
const oidcCallback = `/callback/${oidcProviderId}`;

/** The routes of better-auth that the web application uses; the others are closed. */
const openPaths: ReadonlySet<string> = new Set([
  "/sign-in/email",
  "/sign-out",
  "/get-session",
  "/revoke-other-sessions",
  "/revoke-sessions",
  "/change-password",
  "/reset-password",
  "/two-factor/enable",
  "/two-factor/verify-totp",
  "/two-factor/verify-backup-code",
  "/two-factor/generate-backup-codes",
  "/two-factor/disable",
  "/update-user",
]);

export interface AccountRoutesOptions {
  readonly accounts: Accounts;
  readonly database: Database;
  /** The installation's. */
  readonly secret: string;
  readonly authenticate: Authenticate;
  readonly publicUrl: URL;
  readonly afterResponse: AfterResponse;
  readonly oidc?: OidcSettings | null;
  readonly sendsEmails?: boolean;
}

function holdsUnstorable(value: unknown): boolean {
  if (typeof value === "string") return !isStorable(value);
  return typeof value === "object" && value !== null && Object.entries(value).flat().some(holdsUnstorable);
}

/** better-auth would look for such a text in the database, which refuses it. */
const refuseUnstorable: RequestHandler = (request, _response, next) => {
  if (holdsUnstorable(request.body) || /%00/.test(request.url))
    throw new AppError("INVALID_INPUT", "The request contains a character that cannot be stored.");
  next();
};

/** An answer about one user must not reach the next. */
const keepPrivate: RequestHandler = (_request, response, next) => {
  response.setHeader("Cache-Control", "no-store");
  next();
};

/** Mount it at `accountsPath`, above `identify`. */
export function serveAccounts(options: AccountRoutesOptions): Router {
  const { accounts, database, secret, publicUrl, afterResponse, oidc = null, sendsEmails = false } = options;
  // As strict as `limitGuesses`, which counts the paths below as they are written: /Email or /email/ would not be counted.
  const router = express.Router({ caseSensitive: true, strict: true });
  // Whatever its declared type: a form would reach better-auth without being counted for its e-mail address.
  router.use(express.json({ limit: maxBodySize, type: () => true }));
  router.use(keepPrivate);
  router.use(refuseUnstorable);
  router.use(passClientAddress);
  router.use(limitGuesses(accounts, { database, secret }));
  router.use(queueHashing());
  router.post("/owner-link", describeOwnerLink(database));
  router.post("/owner", createFirstOwner(options));
  router.post("/invitation", describeInvitation({ database, sendsEmails }));
  router.post("/invitation-email", sendInvitationLink({ accounts, database, publicUrl, sendsEmails }));
  router.post("/join", joinByInvitation({ accounts, database, publicUrl, sendsEmails }));
  router.post("/accept", acceptInvitation(options));
  router.post("/request-password-reset", requestPasswordReset({ accounts, afterResponse, database, secret }));
  router.post("/reset-link", describeResetLink(accounts));
  router.post("/verification", requestVerification(options));
  router.post("/email", requestEmailChange(options));
  router.post("/verify", verifyEmail(options));
  router.post("/revoke-key", revokeOwnKey(database));
  router.post(["/change-password", "/reset-password"], readAccessChoices);
  router.get("/backup-codes", sendBackupCodeCount(accounts, database.connection));
  router.use("/device", serveDeviceLogins(options));
  router.get(
    "/methods",
    (_request, response) => void response.json({ password: true, oidc: oidc && { name: oidc.name }, email: sendsEmails }),
  );
  const handle = toNodeHandler(accounts);
  if (oidc !== null) {
    router.post("/oidc", startOidc(accounts, publicUrl));
    router.get(oidcCallback, handle);
  }
  router.use((request, response, next) => (openPaths.has(request.path) ? handle(request, response) : next()));
  return router;
}
