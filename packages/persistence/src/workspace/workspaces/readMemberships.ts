/** Reads the workspaces to which a user belongs. */
import type { Role } from "@pareidolia/core/actor";
import type { Prisma } from "../../generated/client.ts";
import type { Connection } from "../../server/database/database.ts";
import { latestPurged } from "./restoreTime.ts";

export interface UserMembership {
  /** Of the membership. */
  readonly id: string;
  readonly workspaceId: string;
  readonly role: Role;
  readonly name: string;
  readonly slug: string;
  /** When an owner deleted the workspace; null otherwise. */
  readonly deletedAt: Date | null;
}

const most = 500;
const select = {
  id: true,
  workspaceId: true,
  role: true,
  workspace: { select: { name: true, slug: true, deletedAt: true } },
} as const satisfies Prisma.MembershipSelect;

type Row = Prisma.MembershipGetPayload<{ select: typeof select }>;

function toMembership({ workspace, ...membership }: Row): UserMembership {
  return { ...membership, ...workspace };
}

/** Memberships of the user that give access, or that let an owner restore a deleted workspace. */
function usableBy(userId: string): Prisma.MembershipWhereInput {
  return {
    userId,
    suspendedAt: null,
    OR: [{ workspace: { deletedAt: null } }, { role: "OWNER", workspace: { deletedAt: { gt: latestPurged() } } }],
  };
}

export interface Suspension {
  readonly slug: string;
  readonly workspaceName: string;
  readonly suspendedAt: Date;
}

/** The workspaces in which the user is suspended, the latest first. At most 500. */
export async function listSuspensions(connection: Connection, userId: string): Promise<Suspension[]> {
  const rows = await connection.membership.findMany({
    where: { userId, suspendedAt: { not: null }, workspace: { deletedAt: null } },
    orderBy: [{ suspendedAt: "desc" }, { id: "asc" }],
    take: most,
    select: { suspendedAt: true, workspace: { select: { slug: true, name: true } } },
  });
  return rows.flatMap(({ suspendedAt, workspace: { slug, name } }) =>
    suspendedAt === null ? [] : [{ slug, workspaceName: name, suspendedAt }],
  );
}

/** Null if the user neither has access to the workspace nor can restore it. */
export async function findMembership(
  connection: Connection,
  { userId, workspaceId }: { readonly userId: string; readonly workspaceId: string },
): Promise<UserMembership | null> {
  const row = await connection.membership.findFirst({ where: { ...usableBy(userId), workspaceId }, select });
  return row === null ? null : toMembership(row);
}

/**
 * The workspaces that the user has access to, in the order of joining; then the deleted ones that the user owned and can restore. At most 500.
 */
export async function listMemberships(connection: Connection, userId: string): Promise<UserMembership[]> {
  const rows = await connection.membership.findMany({
    where: usableBy(userId),
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    take: most,
    select,
  });
  const memberships = rows.map(toMembership);
  return [...memberships.filter(({ deletedAt }) => deletedAt === null), ...memberships.filter(({ deletedAt }) => deletedAt !== null)];
}
