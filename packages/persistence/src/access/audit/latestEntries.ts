/** The latest entry of each workspace's log. Workspaces that were deleted keep their log. */
import type { Connection } from "../../server/database/database.ts";

export interface LatestEntry {
  readonly workspaceId: string;
  /** Number of the entry, which is also the number of entries. */
  readonly sequence: number;
  readonly at: Date;
  readonly hash: string;
}

/** Null for a workspace without a log. */
export function findLatestEntry(connection: Connection, workspaceId: string): Promise<LatestEntry | null> {
  return connection.auditEntry.findFirst({
    where: { workspaceId },
    orderBy: { sequence: "desc" },
    select: { workspaceId: true, sequence: true, at: true, hash: true },
  });
}

/** Jumps from workspace to workspace in the index, so that it takes no longer with longer logs. */
export function listLatestEntries(connection: Connection): Promise<LatestEntry[]> {
  return connection.$queryRaw<LatestEntry[]>`
    WITH RECURSIVE logs (workspace_id) AS (
      (SELECT workspace_id FROM audit_entries ORDER BY workspace_id LIMIT 1)
      UNION ALL
      SELECT (SELECT a.workspace_id FROM audit_entries a WHERE a.workspace_id > logs.workspace_id ORDER BY a.workspace_id LIMIT 1)
      FROM logs WHERE logs.workspace_id IS NOT NULL
    )
    SELECT logs.workspace_id AS "workspaceId", latest.sequence, latest.at, latest.hash
    FROM logs CROSS JOIN LATERAL (
      SELECT a.sequence, a.at, a.hash FROM audit_entries a WHERE a.workspace_id = logs.workspace_id ORDER BY a.sequence DESC LIMIT 1
    ) latest ORDER BY logs.workspace_id`;
}
