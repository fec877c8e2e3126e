/** Reads workspaces, their members and their contents. */
import type { Connection } from "../../server/database/database.ts";
import { inOrderOf } from "../../server/database/inOrderOf.ts";
import { liveExperiments, liveRuns } from "../../server/scope/live.ts";
import type { Scope } from "../../server/scope/scope.ts";

export interface UserRecord {
  readonly id: string;
  readonly name: string;
}

export interface WorkspaceRecord {
  readonly id: string;
  readonly name: string;
  readonly slug: string;
}

export interface WorkspaceCounts {
  readonly experimentCount: number;
  readonly eliteCount: number;
  readonly modelCount: number;
}

export async function findWorkspaces(connection: Connection, ids: readonly string[]): Promise<(WorkspaceRecord | null)[]> {
  const rows = await connection.workspace.findMany({ where: { id: { in: [...ids] } }, select: { id: true, name: true, slug: true } });
  return inOrderOf(ids, rows, (row) => row.id);
}

/** Members of the workspace, and former members who created runs or experiments that are still in it, are assigned to some, commented on them, or saved views or comparisons; other users count as absent. */
export async function findMembers(
  connection: Connection,
  input: { scope: Scope; userIds: readonly string[] },
): Promise<(UserRecord | null)[]> {
  const inWorkspace = { some: { workspaceId: input.scope.workspaceId } };
  const rows = await connection.user.findMany({
    where: {
      id: { in: [...input.userIds] },
      OR: [
        { memberships: inWorkspace },
        { runs: inWorkspace },
        { experiments: inWorkspace },
        { assignedRuns: inWorkspace },
        { assignedExperiments: inWorkspace },
        { comments: inWorkspace },
        { views: inWorkspace },
        { savedComparisons: inWorkspace },
      ],
    },
    select: { id: true, name: true },
  });
  return inOrderOf(input.userIds, rows, (row) => row.id);
}

export function findUser(connection: Connection, id: string): Promise<UserRecord | null> {
  return connection.user.findUnique({ where: { id }, select: { id: true, name: true } });
}

/** Counts experiments that are not archived, current elites, and models that were not refused. */
export async function countHoldings(connection: Connection, { workspaceId }: Scope): Promise<WorkspaceCounts> {
  const rows = await connection.$queryRaw<WorkspaceCounts[]>`
    SELECT
      (SELECT count(*)::int FROM ${liveExperiments} e WHERE e.workspace_id = ${workspaceId} AND e.archived_at IS NULL) AS "experimentCount",
      (SELECT coalesce(sum(t.current_elites), 0)::int FROM ${liveRuns} r JOIN run_totals t ON t.run_id = r.id
        WHERE r.workspace_id = ${workspaceId}) AS "eliteCount",
      (SELECT count(*)::int FROM models m WHERE (m.workspace_id IS NULL OR m.workspace_id = ${workspaceId}) AND m.state <> 'REFUSED') AS "modelCount"`;
  return rows[0] ?? { experimentCount: 0, eliteCount: 0, modelCount: 0 };
}
