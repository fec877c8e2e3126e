/**
 * Locks a workspace for an action of one of its members. A request may wait for the lock while its sender is removed, suspended or given
 * another role, or its session or key ends, so the policy decides again, with the role that the sender has once the workspace is locked.
 */
import type { Actor, MemberActor, SignedInActor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import { lockWorkspace } from "@pareidolia/persistence/access/accounts/lockWorkspace";
import { findStanding } from "@pareidolia/persistence/access/accounts/standingAccess";
import type { AuditActor } from "@pareidolia/persistence/access/audit/appendAuditEntry";
import type { Connection } from "@pareidolia/persistence/server/database/database";
import { findMembership, type UserMembership } from "@pareidolia/persistence/workspace/workspaces/readMemberships";
import type { MemberAction } from "../policy/actions.ts";
import { policy } from "../policy/policy.ts";

/** @throws AppError FORBIDDEN for a former or suspended member, an ended session or key, or if the present role does not permit the action. */
export async function lockWorkspaceFor(
  connection: Connection,
  actor: SignedInActor,
  { action, workspaceId }: { readonly action: MemberAction; readonly workspaceId: string },
): Promise<UserMembership> {
  await lockWorkspace(connection, workspaceId);
  const { userId, sessionId = null, key } = actor;
  const membership = await findMembership(connection, { userId, workspaceId });
  const standing = await findStanding(connection, { userId, workspaceId, sessionId, keyId: key?.id ?? null });
  if (membership === null || standing === null) throw new AppError("FORBIDDEN", "You no longer have access to this workspace.");
  const current: Actor = { ...actor, workspaceId, role: membership.role };
  policy.requireInWorkspace(current, action);
  return membership;
}

/** The actor of an audit entry about a change that may end the actor's own access. Call it after `lockWorkspaceFor`. */
export function admitted({ userId, workspaceId, key, clientAddress }: MemberActor): AuditActor {
  return { userId, workspaceId, key, clientAddress };
}
