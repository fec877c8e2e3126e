/**
 * A new password by a link that is sent to the account's address. The link works once, for an hour, and does not sign in. Strangers
 * can cause at most three e-mails in half an hour, so the mailbox always has a link that works for another half hour. Each known device can
 * request as many.
 */
import { AppError } from "@pareidolia/core/appError";
import { countAttempt } from "@pareidolia/persistence/access/accounts/rateLimit";
import type { RequestHandler } from "express";
import { z } from "zod";
import type { Accounts } from "./accounts.ts";
import type { AfterResponse } from "./afterResponse.ts";
import { findKnownDevice } from "./knownDevice.ts";
import { keyOfAccount, keyOfSender, type LimitParts, resetEmails } from "./limitAttempts.ts";
import { emailField, tokenField } from "./newAccount.ts";
import { readBody } from "./readBody.ts";

const bodySchema = z.object({ email: emailField });

const linkSchema = z.object({ token: tokenField });

/** POST /auth/reset-link: whether a link still works, before a password is chosen. @throws AppError NOT_FOUND */
export function describeResetLink(accounts: Accounts): RequestHandler {
  return async (request, response) => {
    const { token } = readBody(linkSchema, request);
    const { internalAdapter } = await accounts.$context;
    const link = await internalAdapter.findVerificationValue(`reset-password:${token}`);
    if (link === null || link.expiresAt.getTime() <= Date.now())
      throw new AppError("NOT_FOUND", "This link was used already, has expired, or was replaced by a later one.");
    response.json({ expiresAt: link.expiresAt });
  };
}

interface ResetOptions extends LimitParts {
  readonly accounts: Accounts;
  readonly afterResponse: AfterResponse;
}

/**
 * POST /auth/request-password-reset. It answers before it looks the address up: both answer and time are the same for every address, and
 * whether or not an e-mail is sent.
 */
export function requestPasswordReset({ accounts, afterResponse, ...parts }: ResetOptions): RequestHandler {
  return (request, response) => {
    const { email } = readBody(bodySchema, request);
    const device = findKnownDevice(parts, request.headers.cookie, email);
    response.status(202).json({ status: true });
    afterResponse.start("Writing the e-mail for a new password", async () => {
      const { action, windowSeconds, max } = resetEmails;
      const attempt = { action, account: email, clientAddress: "", device };
      const key = device === null ? keyOfAccount(parts, action, email) : keyOfSender(parts, attempt);
      const { attempts } = await countAttempt(parts.database.connection, key, windowSeconds);
      if (attempts <= max) await accounts.api.requestPasswordReset({ body: { email } });
    });
  };
}
