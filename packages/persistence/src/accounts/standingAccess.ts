/** Finds out in one statement whether the sessions and API keys of open connections still give the access that they gave. */
import type { KeyScope, Role } from "@pareidolia/core/actor";
import type { Connection } from "../database/database.ts";

/** The access of a connection, and the session or API key that it came with; the other one is null. */
export interface Access {
  readonly sessionId: string | null;
  readonly keyId: string | null;
  readonly userId: string;
  readonly workspaceId: string;
  readonly role: Role;
  /** The key's scopes; null for a session. */
  readonly scopes: readonly KeyScope[] | null;
}

/**
 * The indices of those that may have changed: an ended session, a revoked, expired or changed key, a session in another workspace, or a member who
 * was removed, suspended or given another role. It never misses a change; `authenticate` decides about what it finds.
 */
export async function findChangedAccess(connection: Connection, access: readonly Access[]): Promise<ReadonlySet<number>> {
  const column = (name: Exclude<keyof Access, "scopes">): (string | null)[] => access.map((each) => each[name]);
  const scopes = access.map((each) => each.scopes?.join(",") ?? null);
  const changed = await connection.$queryRaw<{ index: number }[]>`
    SELECT (a.position - 1)::int AS index
    FROM unnest(${column("sessionId")}::text[], ${column("keyId")}::text[], ${column("userId")}::text[], ${column("workspaceId")}::text[],
      ${column("role")}::text[], ${scopes}::text[])
      WITH ORDINALITY AS a (session_id, key_id, user_id, workspace_id, role, scopes, position)
    LEFT JOIN memberships m ON m.workspace_id = a.workspace_id AND m.user_id = a.user_id
    LEFT JOIN workspaces w ON w.id = a.workspace_id
    LEFT JOIN sessions s ON s.id = a.session_id AND s.user_id = a.user_id
    LEFT JOIN api_keys k ON k.id = a.key_id AND k.user_id = a.user_id
    WHERE (m.role::text = a.role AND m.suspended_at IS NULL AND w.deleted_at IS NULL AND CASE WHEN a.session_id IS NOT NULL
      THEN s.expires_at > now() AND coalesce(s.active_workspace_id, a.workspace_id) = a.workspace_id
      ELSE array_to_string(k.scopes::text[], ',') = a.scopes AND k.revoked_at IS NULL AND coalesce(k.expires_at > now(), true)
        AND (w.member_keys OR m.role = 'OWNER')
    END) IS NOT TRUE`;
  return new Set(changed.map(({ index }) => index));
}
