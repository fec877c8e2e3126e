/** The routes under /auth at which a client could guess a secret or send e-mails, and how their attempts are counted. */
import type { RequestHandler } from "express";
import { sendError } from "../http/errorResponses.ts";
import { isStorable } from "../text.ts";
import type { Accounts } from "./accounts.ts";
import { findKnownDevice } from "./knownDevice.ts";
import {
  type AttemptLimits,
  emailRequestLimits,
  type LimitParts,
  limitAttempts,
  signInAction,
  signInLimits,
  tooManyAttempts,
} from "./limitAttempts.ts";
import { findSignedIn } from "./signedIn.ts";

interface Guarded {
  readonly action: string;
  /** Whose attempts are counted besides the client's: those of the address in the body, or of the session's user. */
  readonly account: "body" | "session" | "none";
  readonly limits?: AttemptLimits;
}

const guarded: Readonly<Record<string, Guarded>> = {
  "/sign-in/email": { action: signInAction, account: "body", limits: signInLimits },
  "/owner": { action: "owner-link", account: "body" },
  "/owner-link": { action: "owner-link", account: "body" },
  "/invitation": { action: "invitation", account: "body" },
  "/invitation-email": { action: "invitation", account: "body" },
  "/join": { action: "invitation", account: "body" },
  "/accept": { action: "invitation", account: "body" },
  "/oidc": { action: "oidc", account: "body" },
  // `requestPasswordReset` limits the e-mails per account without refusing: otherwise strangers could use up the limit.
  "/request-password-reset": { action: "reset-request", account: "none", limits: emailRequestLimits },
  "/reset-link": { action: "reset", account: "body" },
  "/reset-password": { action: "reset", account: "body" },
  "/change-password": { action: "password-check", account: "session" },
  "/two-factor/enable": { action: "password-check", account: "session" },
  "/two-factor/disable": { action: "password-check", account: "session" },
  "/two-factor/generate-backup-codes": { action: "password-check", account: "session" },
  // `secondFactor` counts the attempts of each user.
  "/two-factor/verify-totp": { action: "second-factor", account: "session" },
  "/two-factor/verify-backup-code": { action: "second-factor", account: "session" },
  "/email": { action: "password-check", account: "session", limits: emailRequestLimits },
  "/verification": { action: "verification-request", account: "session", limits: emailRequestLimits },
  "/device/code": { action: "device-request", account: "body" },
  // A short code is guessed at these three only; the long one of `/device/token` is random enough, and its polls are timed.
  "/device/describe": { action: "device-code", account: "session" },
  "/device/approve": { action: "device-code", account: "session" },
  "/device/refuse": { action: "device-code", account: "session" },
  "/verify": { action: "verification", account: "session" },
};

/** Counts an attempt before it is checked. `settleSignIn` forgets earlier attempts after a success. */
export function limitGuesses(accounts: Accounts, parts: LimitParts): RequestHandler {
  return async (request, response, next) => {
    const guard = guarded[request.path];
    if (guard === undefined || request.method !== "POST") return next();
    const { email } = (request.body ?? {}) as { email?: unknown };
    const sent = typeof email === "string" ? email : null;
    if (sent !== null && !isStorable(sent)) return sendError(response, 400, "INVALID_INPUT", "Enter an e-mail address.");
    const inSession = async () => (await findSignedIn(accounts, request))?.user.id ?? null;
    const account = guard.account === "session" ? await inSession() : guard.account === "body" ? sent : null;
    const device = guard.limits?.delay === undefined || sent === null ? null : findKnownDevice(parts, request.headers.cookie, sent);
    const attempt = { action: guard.action, account, clientAddress: request.ip ?? "unknown", device };
    const secondsToWait = await limitAttempts(parts, attempt, guard.limits);
    if (secondsToWait === 0) return next();
    response.setHeader("Retry-After", secondsToWait);
    sendError(response, 429, "RATE_LIMITED", tooManyAttempts(secondsToWait));
  };
}
