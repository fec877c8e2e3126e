/** A new password by a link that is sent to the account's address. The link works once, for an hour, and does not sign in. */
import type { RequestHandler } from "express";
import { z } from "zod";
import type { Accounts } from "./accounts.ts";
import type { AfterResponse } from "./afterResponse.ts";
import { emailField, readBody } from "./newAccount.ts";

const bodySchema = z.object({ email: emailField });

/** POST /auth/request-password-reset. It answers before it looks the address up: both answer and time are the same for every address. */
export function requestPasswordReset(accounts: Accounts, afterResponse: AfterResponse): RequestHandler {
  return (request, response) => {
    const { email } = readBody(bodySchema, request);
    response.status(202).json({ status: true });
    afterResponse.start("Writing the e-mail for a new password", () => accounts.api.requestPasswordReset({ body: { email } }));
  };
}
