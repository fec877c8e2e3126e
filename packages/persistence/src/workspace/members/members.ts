/** The members of a workspace, and changes to them. */
import { randomUUID } from "node:crypto";
import type { Role } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import { isValidKey } from "../../access/accounts/apiKeys.ts";
import { Prisma } from "../../generated/client.ts";
import { type CountRequest, countRows } from "../../server/database/countRows.ts";
import type { Connection } from "../../server/database/database.ts";
import { inOrderOf } from "../../server/database/inOrderOf.ts";
import { type Page, type PageRequest, selectPage } from "../../server/database/keyset.ts";
import type { Scope } from "../../server/scope/scope.ts";

export interface MemberRecord {
  readonly id: string;
  readonly workspaceId: string;
  /** The member. */
  readonly createdById: string;
  readonly name: string;
  readonly email: string;
  readonly hasSecondFactor: boolean;
  readonly role: Role;
  readonly joinedAt: Date;
  readonly suspendedAt: Date | null;
  /** The latest use of a session or API key; null if there is none. */
  readonly lastActiveAt: Date | null;
  /** Sessions that reach the workspace. */
  readonly sessionCount: number;
  /** Valid API keys of the workspace. */
  readonly keyCount: number;
  /** Whether the workspace would be left without an owner who has access. */
  readonly isOnlyOwner: boolean;
}

/** A session without a chosen workspace may reach this one; one that chose another says nothing about it. */
const reachesWorkspace = Prisma.sql`s.user_id = u.id AND (s.active_workspace_id IS NULL OR s.active_workspace_id = m.workspace_id)`;

const select = Prisma.sql`
  SELECT m.id, m.workspace_id AS "workspaceId", m.user_id AS "createdById", u.name, u.email, u.two_factor_enabled AS "hasSecondFactor", m.role::text AS role,
    m.created_at AS "joinedAt", m.suspended_at AS "suspendedAt",
    greatest(
      (SELECT max(s.updated_at) FROM sessions s WHERE ${reachesWorkspace}),
      (SELECT max(k.last_used_at) FROM api_keys k WHERE k.user_id = u.id AND k.workspace_id = m.workspace_id)
    ) AS "lastActiveAt",
    (SELECT count(*)::int FROM sessions s WHERE ${reachesWorkspace} AND s.expires_at > now() AND m.suspended_at IS NULL) AS "sessionCount",
    (SELECT count(*)::int FROM api_keys k WHERE k.user_id = u.id AND k.workspace_id = m.workspace_id AND ${isValidKey}) AS "keyCount",
    m.role = 'OWNER' AND m.suspended_at IS NULL AND NOT EXISTS (
      SELECT 1 FROM memberships o WHERE o.workspace_id = m.workspace_id AND o.role = 'OWNER' AND o.suspended_at IS NULL AND o.id <> m.id
    ) AS "isOnlyOwner"
  FROM memberships m JOIN users u ON u.id = m.user_id`;

/** Longest membership first. */
export function listMembers(connection: Connection, scope: Scope, page: PageRequest): Promise<Page<MemberRecord>> {
  return selectPage<MemberRecord, MemberRecord>(connection, {
    select,
    conditions: [Prisma.sql`m.workspace_id = ${scope.workspaceId}`],
    ordering: {
      columns: [
        { sql: Prisma.sql`m.created_at`, type: "timestamptz" },
        { sql: Prisma.sql`m.id`, type: "text" },
      ],
      direction: "ASC",
    },
    page,
    toRow: (row) => row,
    positionOf: (row) => [row.joinedAt.toISOString(), row.id],
  });
}

export function countMembers(request: CountRequest, scope: Scope): Promise<number> {
  return countRows(request, Prisma.sql`FROM memberships m`, [Prisma.sql`m.workspace_id = ${scope.workspaceId}`]);
}

/** In the order of `ids`; null for an unknown one. */
export async function findMembersById(connection: Connection, ids: readonly string[]): Promise<(MemberRecord | null)[]> {
  const rows = await connection.$queryRaw<MemberRecord[]>`${select} WHERE m.id = ANY (${[...ids]})`;
  return inOrderOf(ids, rows, ({ id }) => id);
}

/** Null for a user who is not a member. */
export async function findMemberId(connection: Connection, { workspaceId }: Scope, userId: string): Promise<string | null> {
  const member = await connection.membership.findUnique({
    where: { workspaceId_userId: { workspaceId, userId } },
    select: { id: true },
  });
  return member?.id ?? null;
}

/** @throws AppError CONFLICT for a user who is a member already. */
export async function addMember(
  connection: Connection,
  { workspaceId, userId, role }: { readonly workspaceId: string; readonly userId: string; readonly role: Role },
): Promise<void> {
  const data = [{ id: `membership_${randomUUID()}`, workspaceId, userId, role }];
  const { count } = await connection.membership.createMany({ data, skipDuplicates: true });
  if (count === 0) throw new AppError("CONFLICT", "This user is a member of the workspace already.");
}

/** Call it while the workspace is locked. @throws AppError CONFLICT if no other owner has access. */
export async function requireAnotherOwner(
  connection: Connection,
  { workspaceId, userId }: { workspaceId: string; userId: string },
): Promise<void> {
  const others = await connection.membership.count({
    where: { workspaceId, role: "OWNER", userId: { not: userId }, suspendedAt: null },
  });
  if (others === 0) throw new AppError("CONFLICT", "This is the last owner of the workspace. Make another member an owner first.");
}

/** A member who is no longer an owner loses the invitations that they sent: one of their links could make them an owner again. */
export async function changeRole(
  connection: Connection,
  { id, workspaceId, createdById }: Pick<MemberRecord, "id" | "workspaceId" | "createdById">,
  role: Role,
): Promise<void> {
  await connection.membership.updateMany({ where: { id }, data: { role } });
  if (role !== "OWNER") await connection.invitation.deleteMany({ where: { workspaceId, createdById } });
}

export async function setSuspended(connection: Connection, memberId: string, suspendedAt: Date | null): Promise<void> {
  await connection.membership.updateMany({ where: { id: memberId }, data: { suspendedAt } });
}

/** Deletes the membership. Returns false if it no longer exists. */
export async function deleteMember(connection: Connection, memberId: string): Promise<boolean> {
  const { count } = await connection.membership.deleteMany({ where: { id: memberId } });
  return count > 0;
}

/**
 * Revokes the API keys, approved requests for keys and open invitations of a former or suspended member, so that nothing of theirs works in
 * the workspace. Call it while the workspace is locked.
 */
export async function revokeAccess(connection: Connection, { workspaceId, createdById: userId, email }: MemberRecord): Promise<void> {
  await connection.apiKey.updateMany({ where: { workspaceId, userId, revokedAt: null }, data: { revokedAt: new Date() } });
  await connection.deviceLogin.deleteMany({ where: { workspaceId, userId } });
  await connection.invitation.deleteMany({ where: { workspaceId, OR: [{ createdById: userId }, { email }] } });
  await connection.session.updateMany({ where: { userId, activeWorkspaceId: workspaceId }, data: { activeWorkspaceId: null } });
}
