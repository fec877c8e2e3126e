/** Invitations to a workspace, each for one e-mail address. Only the hash of a link's token is stored. */
import { createHash, randomBytes, randomUUID } from "node:crypto";
import type { Role } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import { Prisma } from "../../generated/client.ts";
import { type CountRequest, countRows } from "../../server/database/countRows.ts";
import type { Connection } from "../../server/database/database.ts";
import { inOrderOf } from "../../server/database/inOrderOf.ts";
import { type Page, type PageRequest, selectPage } from "../../server/database/keyset.ts";
import type { Scope } from "../../server/scope/scope.ts";

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

export interface CreatedInvitation {
  readonly id: string;
  /** For the link that the owner gets. */
  readonly token: string;
  /** For the link in the e-mail, which only the recipient may see: using it proves the address. */
  readonly mailedToken: string;
}

/** A second invitation of the same address replaces the first, whose links then no longer work. */
export async function createInvitation(connection: Connection, input: NewInvitation): Promise<CreatedInvitation> {
  const { workspaceId, email } = input;
  const isMember = await connection.membership.count({ where: { workspaceId, user: { email } } });
  if (isMember > 0) throw new AppError("CONFLICT", "This address belongs to a member already.", { field: "input.email" });
  const token = randomBytes(bytesOfToken).toString("base64url");
  const mailedToken = randomBytes(bytesOfToken).toString("base64url");
  const id = `invitation_${randomUUID()}`;
  const data = { ...input, id, tokenHash: hashToken(token), mailedTokenHash: hashToken(mailedToken), createdAt: new Date() };
  await connection.invitation.upsert({ where: { workspaceId_email: { workspaceId, email } }, create: data, update: data });
  return { id, token, mailedToken };
}

/** Returns another token for a link in an e-mail. The token before it no longer works. */
export async function renewMailedToken(connection: Connection, id: string): Promise<string> {
  const mailedToken = randomBytes(bytesOfToken).toString("base64url");
  await connection.invitation.update({ where: { id }, data: { mailedTokenHash: hashToken(mailedToken) }, select: { id: true } });
  return mailedToken;
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

export interface OpenInvitation extends InvitationRecord {
  readonly workspaceName: string;
}

export interface LinkedInvitation extends OpenInvitation {
  /** Null if the account is gone. */
  readonly inviterName: string | null;
  /** Whether the token is the one in the e-mail, so that its user receives mail at the address. */
  readonly provesAddress: boolean;
}

/** The invitation of a link; null for an unknown, revoked, used or expired one. */
export async function findInvitationByToken(connection: Connection, token: string): Promise<LinkedInvitation | null> {
  const hash = hashToken(token);
  const found = await connection.invitation.findFirst({
    where: {
      OR: [{ tokenHash: hash }, { mailedTokenHash: hash }],
      expiresAt: { gt: new Date() },
      workspace: { deletedAt: null },
    },
    select: { ...columns, mailedTokenHash: true, workspace: { select: { name: true } }, createdBy: { select: { name: true } } },
  });
  if (found === null) return null;
  const { workspace, createdBy, mailedTokenHash, ...invitation } = found;
  const names = { workspaceName: workspace.name, inviterName: createdBy?.name ?? null };
  return { ...invitation, ...names, provesAddress: mailedTokenHash === hash };
}

/** Open invitations of all workspaces to an address, in lower case; those that expire first come first. At most 100. */
export async function listInvitationsTo(connection: Connection, email: string): Promise<OpenInvitation[]> {
  const rows = await connection.invitation.findMany({
    where: { email, expiresAt: { gt: new Date() }, workspace: { deletedAt: null } },
    orderBy: [{ expiresAt: "asc" }, { id: "asc" }],
    take: 100,
    select: { ...columns, workspace: { select: { name: true } } },
  });
  return rows.map(({ workspace, ...invitation }) => ({ ...invitation, workspaceName: workspace.name }));
}

const receivedBy = (userId: string): readonly Prisma.Sql[] => [
  Prisma.sql`u.id = ${userId}`,
  Prisma.sql`u.email_verified`,
  Prisma.sql`i.expires_at > now()`,
  Prisma.sql`w.deleted_at IS NULL`,
];
const fromReceived = Prisma.sql`
  FROM invitations i JOIN users u ON lower(u.email) = i.email JOIN workspaces w ON w.id = i.workspace_id`;

/** A page of the invitations to a user's verified address, ordered by expiry. */
export function pageInvitationsTo(connection: Connection, userId: string, page: PageRequest): Promise<Page<OpenInvitation>> {
  return selectPage<OpenInvitation, OpenInvitation>(connection, {
    select: Prisma.sql`
      SELECT i.id, i.workspace_id AS "workspaceId", i.created_by_id AS "createdById", i.email, i.role::text AS role,
        i.created_at AS "createdAt", i.expires_at AS "expiresAt", w.name AS "workspaceName" ${fromReceived}`,
    conditions: receivedBy(userId),
    ordering: {
      columns: [
        { sql: Prisma.sql`i.expires_at`, type: "timestamptz" },
        { sql: Prisma.sql`i.id`, type: "text" },
      ],
      direction: "ASC",
    },
    page,
    toRow: (row) => row,
    positionOf: ({ expiresAt, id }) => [expiresAt.toISOString(), id],
  });
}

export function countInvitationsTo(request: CountRequest, userId: string): Promise<number> {
  return countRows(request, fromReceived, receivedBy(userId));
}

/** Deletes the invitation, so that it works only once: call it in the transaction that adds the member. Returns whether it was there. */
export async function deleteInvitation(connection: Connection, id: string): Promise<boolean> {
  const { count } = await connection.invitation.deleteMany({ where: { id } });
  return count > 0;
}
