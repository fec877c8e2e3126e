/**
 * The one-time link of the first owner. POST /auth/owner-link describes it, POST /auth/owner creates the owner and names the workspace.
 * The link stays valid if anything about the request is wrong. The owner's address was only typed, so it is yet to be verified.
 */
import { AppError } from "@pareidolia/core/appError";
import { createOwner } from "@pareidolia/persistence/access/accounts/createAccount";
import { findOwnerLink, takeOwnerLink } from "@pareidolia/persistence/access/accounts/ownerLink";
import { appendAuditEntry } from "@pareidolia/persistence/access/audit/appendAuditEntry";
import type { Database } from "@pareidolia/persistence/server/database/database";
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
  tokenField,
  workspaceNameField,
} from "./newAccount.ts";
import { readBody } from "./readBody.ts";

const linkSchema = z.object({ token: tokenField });
const bodySchema = z.object({
  token: tokenField,
  /** Keeps the present name if left out. */
  workspaceName: workspaceNameField.optional(),
  name: nameField,
  email: emailField,
  password: passwordField,
});

function closedLink(): AppError {
  return new AppError("NOT_FOUND", "This link was used already or has expired. Restart the server for a new one.");
}

/** POST /auth/owner-link: what the page of the link shows before anything is entered. */
export function describeOwnerLink(database: Database): RequestHandler {
  return async (request, response) => {
    const { token } = readBody(linkSchema, request);
    const link = await findOwnerLink(database.connection, token);
    if (link === null) throw closedLink();
    response.json(link);
  };
}

export function createFirstOwner({ accounts, database, publicUrl }: NewAccountOptions): RequestHandler {
  return async (request, response) => {
    const { token, workspaceName, name, email, password } = readBody(bodySchema, request);
    // Hashing takes a tenth of a second of a core, so only a valid link starts it.
    if ((await findOwnerLink(database.connection, token)) === null) throw closedLink();
    const passwordHash = await hashPassword(accounts, password);
    await database.transaction(async ({ connection }) => {
      const workspaceId = await takeOwnerLink(connection, token);
      if (workspaceId === null) throw closedLink();
      const userId = await createOwner(connection, workspaceId, { name, email, passwordHash, emailVerified: false, workspaceName });
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
