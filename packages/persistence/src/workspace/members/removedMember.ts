/**
 * A member who was removed a moment ago, so that the removal can be undone. The membership's row is deleted; what it was is read from the
 * audit log, which cannot be changed.
 */
import { randomUUID } from "node:crypto";
import type { Role } from "@pareidolia/core/actor";
import type { AuditText } from "../../access/audit/auditEntry.ts";
import type { Connection } from "../../server/database/database.ts";
import type { Scope } from "../../server/scope/scope.ts";

/** For so long, a removal can be undone. */
export const minutesToUndo = 10;
const millisecondsPerMinute = 60_000;

/** What the audit entry of a removal says about the membership. */
export interface RemovedMember {
  readonly email: string;
  readonly role: Role;
  readonly joinedAt: Date;
  readonly suspendedAt: Date | null;
}

/** Null if the latest change to the user's membership in these minutes was not a removal by an owner. */
export async function findRemovedMember(connection: Connection, { workspaceId }: Scope, userId: string): Promise<RemovedMember | null> {
  const entry = await connection.auditEntry.findFirst({
    where: {
      workspaceId,
      at: { gt: new Date(Date.now() - minutesToUndo * millisecondsPerMinute) },
      subjectType: "User",
      subjectId: userId,
      action: { startsWith: "member:" },
    },
    orderBy: { sequence: "desc" },
    select: { action: true, text: true },
  });
  if (entry?.action !== "member:remove") return null;
  const { email, role, joinedAt, suspendedAt } = (JSON.parse(entry.text) as AuditText).before as Record<keyof RemovedMember, string | null>;
  return {
    email: email ?? "",
    role: role as Role,
    joinedAt: new Date(joinedAt ?? ""),
    suspendedAt: suspendedAt === null ? null : new Date(suspendedAt),
  };
}

/** Returns the new id of the membership. */
export async function addRemovedMember(
  connection: Connection,
  { role, joinedAt, suspendedAt, ...ids }: Omit<RemovedMember, "email"> & { readonly workspaceId: string; readonly userId: string },
): Promise<string> {
  const id = `membership_${randomUUID()}`;
  await connection.membership.create({ data: { id, ...ids, role, createdAt: joinedAt, suspendedAt } });
  return id;
}
