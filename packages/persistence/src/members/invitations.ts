/** Invitations to a workspace, each for one e-mail address. Only the hash of a link's token is stored. */
import { createHash, randomBytes, randomUUID } from "node:crypto";
import type { Role } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import type { Connection } from "../database/database.ts";
import { inOrderOf } from "../database/inOrderOf.ts";
import type { Scope } from "../scope/scope.ts";

export interface InvitationRecord {
  readonly id: string;
  readonly workspaceId: string;
  /** The member who invited. */
  readonly createdById: string | null;
  /** In lower case. */
  readonly email: string;
  readonly role: Role;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

export interface NewInvitation extends Pick<InvitationRecord, "workspaceId" | "email" | "role" | "expiresAt"> {
  readonly createdById: string;
}

const bytesOfToken = 32;
const columns = { id: true, workspaceId: true, createdById: true, email: true, role: true, createdAt: true, expiresAt: true } as const;

function hashToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

/** A second invitation of the same address replaces the first, whose link then no longer works. Returns its id and the link's token. */
export async function createInvitation(
  connection: Connection,
  input: NewInvitation,
): Promise<{ readonly id: string; readonly token: string }> {
  const { workspaceId, email } = input;
  const isMember = await connection.membership.count({ where: { workspaceId, user: { email } } });
  if (isMember > 0) throw new AppError("CONFLICT", "This address belongs to a member already.", { field: "input.email" });
  const token = randomBytes(bytesOfToken).toString("base64url");
  const id = `invitation_${randomUUID()}`;
  const data = { ...input, id, tokenHash: hashToken(token), createdAt: new Date() };
  await connection.invitation.upsert({ where: { workspaceId_email: { workspaceId, email } }, create: data, update: data });
  return { id, token };
}

/** Of one workspace, latest first; expired ones are left out. */
export async function listInvitations(connection: Connection, { workspaceId }: Scope): Promise<InvitationRecord[]> {
  return connection.invitation.findMany({
    where: { workspaceId, expiresAt: { gt: new Date() } },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    select: columns,
  });
}

export async function findInvitations(connection: Connection, ids: readonly string[]): Promise<(InvitationRecord | null)[]> {
  const rows = await connection.invitation.findMany({ where: { id: { in: [...ids] }, expiresAt: { gt: new Date() } }, select: columns });
  return inOrderOf(ids, rows, ({ id }) => id);
}

/** The invitation of a link, with the name of its workspace; null for an unknown, revoked, used or expired one. */
export async function findInvitationByToken(
  connection: Connection,
  token: string,
): Promise<(InvitationRecord & { readonly workspaceName: string }) | null> {
  const found = await connection.invitation.findFirst({
    where: { tokenHash: hashToken(token), expiresAt: { gt: new Date() }, workspace: { deletedAt: null } },
    select: { ...columns, workspace: { select: { name: true } } },
  });
  if (found === null) return null;
  const { workspace, ...invitation } = found;
  return { ...invitation, workspaceName: workspace.name };
}

/** Deletes the invitation, so that it works only once: call it in the transaction that adds the member. Returns whether it was there. */
export async function deleteInvitation(connection: Connection, id: string): Promise<boolean> {
  const { count } = await connection.invitation.deleteMany({ where: { id } });
  return count > 0;
}
