/** Verifies the e-mail address of an account, and changes it once the new one is verified. All routes need a session. */
import { AppError } from "@pareidolia/core/appError";
import { findUserByEmail } from "@pareidolia/persistence/access/accounts/createAccount";
import { issueEmailVerification, setVerifiedEmail, takeEmailVerification } from "@pareidolia/persistence/access/accounts/emailVerification";
import { endSessions, forgetCodes } from "@pareidolia/persistence/access/accounts/revokeCredentials";
import type { Connection, Database } from "@pareidolia/persistence/server/database/database";
import type { RequestHandler } from "express";
import { z } from "zod";
import { writeAddressNotice, writeAddressTakenNotice, writeVerificationEmail } from "./accountEmails.ts";
import type { Accounts } from "./accounts.ts";
import type { AfterResponse } from "./afterResponse.ts";
import { emailField, tokenField } from "./newAccount.ts";
import { readBody } from "./readBody.ts";
import { recordAccountChange } from "./recordAccountChange.ts";
import { checkPassword, getSignedIn } from "./signedIn.ts";

export interface AddressOptions {
  readonly accounts: Accounts;
  readonly database: Database;
  readonly publicUrl: URL;
  readonly afterResponse: AfterResponse;
}

const changeSchema = z.object({ email: emailField, password: z.string().min(1, "Enter your password.").max(1_000) });
const tokenSchema = z.object({ token: tokenField });

/** Call it in the transaction that creates the account, or alone. */
export async function sendVerification(
  connection: Connection,
  { userId, email, publicUrl }: { readonly userId: string; readonly email: string; readonly publicUrl: URL },
): Promise<void> {
  const token = await issueEmailVerification(connection, { userId, email });
  await writeVerificationEmail(connection, { to: email, publicUrl, token });
}

/** POST /auth/verification: sends the link for the address of the account. */
export function requestVerification({ accounts, database, publicUrl }: AddressOptions): RequestHandler {
  return async (request, response) => {
    const { user } = await getSignedIn(accounts, request);
    if (user.emailVerified) throw new AppError("CONFLICT", "Your e-mail address is verified already.");
    await database.transaction(({ connection }) => sendVerification(connection, { userId: user.id, email: user.email, publicUrl }));
    response.status(202).json({ email: user.email });
  };
}

/** POST /auth/email: sends the link for another address. The answer does not tell whether that address has an account. */
export function requestEmailChange({ accounts, database, publicUrl, afterResponse }: AddressOptions): RequestHandler {
  return async (request, response) => {
    const { email, password } = readBody(changeSchema, request);
    const { user } = await getSignedIn(accounts, request);
    await checkPassword(accounts, request, password);
    if (email === user.email) throw new AppError("INVALID_INPUT", "This is your e-mail address already.", { field: "email" });
    response.status(202).json({ email });
    afterResponse.start("Writing the e-mails about a new address", () =>
      database.transaction(async ({ connection }) => {
        if ((await findUserByEmail(connection, email)) !== null) return writeAddressTakenNotice(connection, { to: email });
        await sendVerification(connection, { userId: user.id, email, publicUrl });
        await writeAddressNotice(connection, { to: user.email, newEmail: email, publicUrl, isDone: false });
      }),
    );
  };
}

/** POST /auth/verify: uses a link. The account gets the link's address, verified; if it is another one, all other sessions end. */
export function verifyEmail({ accounts, database, publicUrl }: AddressOptions): RequestHandler {
  return async (request, response) => {
    const { token } = readBody(tokenSchema, request);
    const { user, session } = await getSignedIn(accounts, request);
    const email = await database.transaction(async ({ connection }) => {
      const proven = await takeEmailVerification(connection, { userId: user.id, token });
      if (proven === null)
        throw new AppError("NOT_FOUND", "This link was used or replaced, has expired, or belongs to another account. Send a new one.");
      await setVerifiedEmail(connection, { userId: user.id, email: proven });
      if (proven === user.email) return proven;
      // The holder of the old mailbox keeps no link or code for the account.
      await forgetCodes(connection, user.id);
      await endSessions(connection, user.id, session.token);
      await writeAddressNotice(connection, { to: user.email, newEmail: proven, publicUrl, isDone: true });
      const change = { action: "member:changeEmail", before: { email: user.email }, after: { email: proven } };
      await recordAccountChange(connection, { userId: user.id, clientAddress: request.ip }, change);
      return proven;
    });
    response.json({ email });
  };
}
