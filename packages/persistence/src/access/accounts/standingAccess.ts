/** Whether sessions and API keys still give the access that they gave: those of open connections, and of a request that has waited. */
import type { KeyScope, Role } from "@pareidolia/core/actor";
import type { Connection } from "../../server/database/database.ts";
import { isValidKey } from "./apiKeys.ts";

/** The access of a connection, and the session or API key that it came with; the other one is null. */
export interface Access {
  readonly sessionId: string | null;
  readonly keyId: string | null;
  readonly userId: string;
  readonly workspaceId: string;
  readonly role: Role;
  /** The key's scopes; null for a session. */
  readonly scopes: readonly KeyScope[] | null;
  /** Whether the connection's address names the workspace, so that the session's own choice does not count. */
  readonly isNamed: boolean;
}

/**
 * The indices of those that may have changed: an ended session, a revoked, expired or changed key, a session that chose another workspace,
 * or a member who was removed, suspended or given another role. It never misses a change; `authenticate` decides about what it finds.
 */
export async function findChangedAccess(connection: Connection, access: readonly Access[]): Promise<ReadonlySet<number>> {
  const column = (name: Exclude<keyof Access, "scopes" | "isNamed">): (string | null)[] => access.map((each) => each[name]);
  const named = access.map((each) => each.isNamed);
  const scopes = access.map((each) => each.scopes?.join(",") ?? null);
  const changed = await connection.$queryRaw<{ index: number }[]>`
    SELECT (a.position - 1)::int AS index
    FROM unnest(${column("sessionId")}::text[], ${column("keyId")}::text[], ${column("userId")}::text[], ${column("workspaceId")}::text[],
      ${column("role")}::text[], ${scopes}::text[], ${named}::boolean[])
      WITH ORDINALITY AS a (session_id, key_id, user_id, workspace_id, role, scopes, is_named, position)
    LEFT JOIN memberships m ON m.workspace_id = a.workspace_id AND m.user_id = a.user_id
    LEFT JOIN workspaces w ON w.id = a.workspace_id
    LEFT JOIN sessions s ON s.id = a.session_id AND s.user_id = a.user_id
    LEFT JOIN api_keys k ON k.id = a.key_id AND k.user_id = a.user_id
    WHERE (m.role::text = a.role AND m.suspended_at IS NULL AND w.deleted_at IS NULL AND CASE WHEN a.session_id IS NOT NULL
      THEN s.expires_at > now() AND (a.is_named OR coalesce(s.active_workspace_id, a.workspace_id) = a.workspace_id)
      ELSE array_to_string(k.scopes::text[], ',') = a.scopes AND k.revoked_at IS NULL AND coalesce(k.expires_at > now(), true)
        AND (w.member_keys OR m.role = 'OWNER')
    END) IS NOT TRUE`;
  return new Set(changed.map(({ index }) => index));
}

/** The sender of a request, as it was authenticated. */
export interface AuthenticatedSender {
  readonly userId: string;
  readonly workspaceId: string;
  readonly sessionId: string | null;
  readonly keyId: string | null;
}

export interface Standing {
  readonly role: Role;
  readonly isDeleted: boolean;
}

/**
 * The sender's present role in the workspace, and whether that is deleted. Null if the session or key has ended, and for a former or
 * suspended member. A session that has switched to another workspace since still counts.
 */
export async function findStanding(
  connection: Connection,
  { userId, workspaceId, sessionId, keyId }: AuthenticatedSender,
): Promise<Standing | null> {
  const found = await connection.$queryRaw<Standing[]>`
    SELECT m.role::text AS role, w.deleted_at IS NOT NULL AS "isDeleted"
    FROM memberships m JOIN workspaces w ON w.id = m.workspace_id
    LEFT JOIN sessions s ON s.id = ${sessionId} AND s.user_id = m.user_id AND s.expires_at > now()
    LEFT JOIN api_keys k ON k.id = ${keyId} AND k.user_id = m.user_id AND ${isValidKey} AND (w.member_keys OR m.role = 'OWNER')
    WHERE m.workspace_id = ${workspaceId} AND m.user_id = ${userId} AND m.suspended_at IS NULL
      AND (${sessionId}::text IS NULL OR s.id IS NOT NULL) AND (${keyId}::text IS NULL OR k.id IS NOT NULL)`;
  return found[0] ?? null;
}
