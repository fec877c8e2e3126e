/**
 * Joining a workspace by the link of an invitation, which works for one e-mail address only. The link in the e-mail proves the address. The
 * one that an owner passes on does not: otherwise an owner could invite someone else's address, open the link and get a verified account for
 * it. With a mail server, that link only sends another e-mail, or lets an existing account with a verified address join, so it does not
 * tell whether the address has an account. Without one, it creates an account, whose address is still to be verified.
 */
import { AppError } from "@pareidolia/core/appError";
import { createUser, findUserByEmail } from "@pareidolia/persistence/access/accounts/createAccount";
import { setVerifiedEmail } from "@pareidolia/persistence/access/accounts/emailVerification";
import { lockWorkspace } from "@pareidolia/persistence/access/accounts/lockWorkspace";
import { appendAuditEntry } from "@pareidolia/persistence/access/audit/appendAuditEntry";
import type { Connection } from "@pareidolia/persistence/server/database/database";
import {
  deleteInvitation,
  findInvitationByToken,
  type InvitationRecord,
  type LinkedInvitation,
  listInvitationsTo,
  renewMailedToken,
} from "@pareidolia/persistence/workspace/members/invitations";
import { addMember } from "@pareidolia/persistence/workspace/members/members";
import type { Request, RequestHandler } from "express";
import { z } from "zod";
import { limitEmails } from "../email/limitEmails.ts";
import { writeInvitationEmail } from "../email/writeInvitationEmail.ts";
import { parseIdOf } from "../globalId/globalId.ts";
import { sendVerification } from "./emailAddress.ts";
import { answerSignedIn, hashPassword, type NewAccountOptions, nameField, passwordField, tokenField } from "./newAccount.ts";
import { readBody } from "./readBody.ts";
import { getSignedIn } from "./signedIn.ts";

interface JoinOptions extends NewAccountOptions {
  /** Whether the installation has a mail server. */
  readonly sendsEmails: boolean;
}

const tokenSchema = z.object({ token: tokenField });
const acceptSchema = z.union([tokenSchema, z.object({ invitationId: tokenField })]);
const joinSchema = z.object({ token: tokenField, name: nameField, password: passwordField });

async function getInvitation(connection: Connection, token: string): Promise<LinkedInvitation> {
  const invitation = await findInvitationByToken(connection, token);
  if (invitation === null)
    throw new AppError(
      "NOT_FOUND",
      "This invitation was used, revoked or replaced, or has expired. Ask an owner of the workspace for another.",
    );
  return invitation;
}

/**
 * Requests with one link run one after another, and none while the workspace's members are changed: that also locks the workspace first, so
 * neither waits for the other in turn.
 */
async function lockInvitation(connection: Connection, token: string): Promise<LinkedInvitation> {
  const { workspaceId } = await getInvitation(connection, token);
  await lockWorkspace(connection, workspaceId);
  return getInvitation(connection, token);
}

/** Call it with a locked invitation. An owner may revoke the invitation meanwhile. @returns the slug of the workspace. */
async function useInvitation(connection: Connection, invitation: InvitationRecord, userId: string, request: Request): Promise<string> {
  const { id, workspaceId, role, email } = invitation;
  if (!(await deleteInvitation(connection, id))) throw new AppError("NOT_FOUND", "This invitation was revoked a moment ago.");
  await addMember(connection, { workspaceId, userId, role });
  await appendAuditEntry(
    connection,
    { userId, workspaceId, clientAddress: request.ip },
    { action: "member:join", subjectType: "User", subjectId: userId, subjectName: email, before: null, after: { role, email } },
  );
  return (await connection.workspace.findUniqueOrThrow({ where: { id: workspaceId }, select: { slug: true } })).slug;
}

/**
 * POST /auth/invitation: what the page of a link shows before anything is entered. Only the link in the e-mail tells whether the address has
 * an account: otherwise, owners could look up any address.
 */
export function describeInvitation({ database, sendsEmails }: Pick<JoinOptions, "database" | "sendsEmails">): RequestHandler {
  return async (request, response) => {
    const { token } = readBody(tokenSchema, request);
    const { email, role, expiresAt, workspaceName, inviterName, provesAddress } = await getInvitation(database.connection, token);
    const hasAccount = provesAddress ? (await findUserByEmail(database.connection, email)) !== null : null;
    const needsEmail = sendsEmails && !provesAddress;
    response.json({ email, role, expiresAt, workspaceName, inviterName, hasAccount, needsEmail });
  };
}

/** POST /auth/invitation-email: sends the address of an invitation a link that proves it. Earlier links in e-mails no longer work. */
export function sendInvitationLink({ database, publicUrl, sendsEmails }: JoinOptions): RequestHandler {
  return async (request, response) => {
    const { token } = readBody(tokenSchema, request);
    const { id: invitationId, workspaceId, createdById, email: to } = await getInvitation(database.connection, token);
    if (!sendsEmails) throw new AppError("CONFLICT", "This installation has no mail server. Join with the link that you have.");
    await limitEmails(database, { workspaceId, senderId: createdById ?? invitationId, to });
    await database.transaction(async ({ connection }) => {
      const { id, ...invitation } = await lockInvitation(connection, token);
      const link = new URL(`/join/${await renewMailedToken(connection, id)}`, publicUrl).href;
      await writeInvitationEmail(connection, { ...invitation, to, outbox: null, link });
    });
    response.status(202).json({ email: to });
  };
}

/** POST /auth/join: creates an account with the invited address, adds it to the workspace and signs in. */
export function joinByInvitation({ accounts, database, publicUrl, sendsEmails }: JoinOptions): RequestHandler {
  return async (request, response) => {
    const { token, name, password } = readBody(joinSchema, request);
    // Hashing takes a tenth of a second of a core, so only a valid link starts it.
    const { email: to, provesAddress: isProven } = await getInvitation(database.connection, token);
    if (sendsEmails && !isProven)
      throw new AppError("FORBIDDEN", `This link does not verify the address ${to}. Request an invitation e-mail and use its link.`);
    const passwordHash = await hashPassword(accounts, password);
    const email = await database.transaction(async ({ connection }) => {
      const invitation = await lockInvitation(connection, token);
      if ((await findUserByEmail(connection, invitation.email)) !== null)
        throw new AppError("CONFLICT", `${invitation.email} has an account already. Sign in with it, then open the link again.`);
      const { email: invited, provesAddress } = invitation;
      const userId = await createUser(connection, { name, email: invited, passwordHash, emailVerified: provesAddress });
      if (!provesAddress) await sendVerification(connection, { userId, email: invited, publicUrl });
      await useInvitation(connection, invitation, userId, request);
      return invitation.email;
    });
    await answerSignedIn(accounts, { email, password }, request, response);
  };
}

/** The invitation with the id, if it is to the user's own verified address. @throws AppError NOT_FOUND. */
async function lockOwnInvitation(connection: Connection, id: string, user: { email: string; emailVerified: boolean }) {
  const find = async () => {
    const own = user.emailVerified ? await listInvitationsTo(connection, user.email.toLowerCase()) : [];
    const found = own.find((invitation) => invitation.id === id);
    if (found === undefined)
      throw new AppError("NOT_FOUND", "This invitation was used, revoked or replaced, or has expired. Ask an owner for another.");
    return found;
  };
  const { workspaceId } = await find();
  await lockWorkspace(connection, workspaceId);
  return find();
}

/** POST /auth/accept: adds the signed-in user to the workspace, by the token of a link or by the id of an invitation to a verified address. */
export function acceptInvitation({ accounts, database }: Pick<NewAccountOptions, "accounts" | "database">): RequestHandler {
  return async (request, response) => {
    const body = readBody(acceptSchema, request);
    const { user } = await getSignedIn(accounts, request);
    const workspaceSlug = await database.transaction(async ({ connection }) => {
      if ("invitationId" in body) {
        const invitationId = parseIdOf("Invitation", body.invitationId, "invitationId");
        return useInvitation(connection, await lockOwnInvitation(connection, invitationId, user), user.id, request);
      }
      const { token } = body;
      const invitation = await lockInvitation(connection, token);
      if (user.email.toLowerCase() !== invitation.email)
        throw new AppError("FORBIDDEN", `This invitation is for ${invitation.email}, and you are signed in as ${user.email}.`);
      if (!user.emailVerified && !invitation.provesAddress)
        throw new AppError("FORBIDDEN", "Verify your e-mail address first, then open the link again.");
      if (!user.emailVerified) await setVerifiedEmail(connection, { userId: user.id, email: invitation.email });
      return useInvitation(connection, invitation, user.id, request);
    });
    response.status(201).json({ email: user.email, workspaceSlug });
  };
}
