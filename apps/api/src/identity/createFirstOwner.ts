/**
 * POST /auth/owner: creates the first owner by the one-time link. The link stays valid if anything about the request is wrong. The address
 * was only typed, so it is yet to be verified.
 */
import { AppError } from "@pareidolia/core/appError";
import { createOwner } from "@pareidolia/persistence/accounts/createAccount";
import { isOwnerLinkOpen, takeOwnerLink } from "@pareidolia/persistence/accounts/ownerLink";
import { appendAuditEntry } from "@pareidolia/persistence/audit/appendAuditEntry";
import type { RequestHandler } from "express";
import { z } from "zod";
import { sendVerification } from "./emailAddress.ts";
import {
  answerSignedIn,
  emailField,
  hashPassword,
  type NewAccountOptions,
  nameField,
  passwordField,
  readBody,
  tokenField,
} from "./newAccount.ts";

const bodySchema = z.object({ token: tokenField, name: nameField, email: emailField, password: passwordField });

function closedLink(): AppError {
  return new AppError("NOT_FOUND", "This link was used already or has expired. Restart the server for a new one.");
}

export function createFirstOwner({ accounts, database, publicUrl }: NewAccountOptions): RequestHandler {
  return async (request, response) => {
    const { token, name, email, password } = readBody(bodySchema, request);
    // Hashing takes a tenth of a second of a core, so only a valid link starts it.
    if (!(await isOwnerLinkOpen(database.connection, token))) throw closedLink();
    const passwordHash = await hashPassword(accounts, password);
    await database.transaction(async ({ connection }) => {
      const workspaceId = await takeOwnerLink(connection, token);
      if (workspaceId === null) throw closedLink();
      const userId = await createOwner(connection, workspaceId, { name, email, passwordHash, emailVerified: false });
      await sendVerification(connection, { userId, email, publicUrl });
      await appendAuditEntry(
        connection,
        { userId, workspaceId, clientAddress: request.ip },
        {
          action: "member:join",
          subjectType: "User",
          subjectId: userId,
          subjectName: email,
          before: null,
          after: { role: "OWNER", email },
        },
      );
    });
    await answerSignedIn(accounts, { email, password }, request, response);
  };
}
