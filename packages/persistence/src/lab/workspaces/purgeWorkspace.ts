/**
 * Deletes the rows of a workspace for good. Its audit log stays: it is append-only, and ends with this deletion. Objects are left to their
 * own clean-up.
 */
import { appendAuditEntry } from "../../access/audit/appendAuditEntry.ts";
import type { Database } from "../../server/database/database.ts";
import { deleteRunRows } from "../runs/deleteRunRows.ts";

const runsAtOnce = 100;
/** Each with up to some thousand votes. */
const votersAtOnce = 100;

/** A study may have a million votes, which go with their voters. */
async function deleteStudies({ connection }: Database, workspaceId: string, signal: AbortSignal): Promise<void> {
  for (;;) {
    signal.throwIfAborted();
    const voters = await connection.studyVoter.findMany({ where: { study: { workspaceId } }, take: votersAtOnce, select: { id: true } });
    if (voters.length === 0) break;
    await connection.studyVoter.deleteMany({ where: { id: { in: voters.map(({ id }) => id) } } });
  }
  await connection.study.deleteMany({ where: { workspaceId } });
}

/** In many short statements, since a workspace may have millions of rows. If it is interrupted, the next call continues. */
export async function purgeWorkspace(database: Database, workspace: { readonly id: string }, signal: AbortSignal): Promise<void> {
  const { connection } = database;
  const workspaceId = workspace.id;
  await deleteStudies(database, workspaceId, signal);
  for (;;) {
    const runs = await connection.run.findMany({ where: { workspaceId }, take: runsAtOnce, select: { id: true } });
    if (runs.length === 0) break;
    for (const { id } of runs) {
      signal.throwIfAborted();
      await deleteRunRows(connection, id);
    }
  }
  signal.throwIfAborted();
  // Before the workspace, whose deletion would reach them in an order that their references to each other forbid.
  await connection.analysis.deleteMany({ where: { workspaceId } });
  await connection.experiment.deleteMany({ where: { workspaceId } });
  await connection.model.deleteMany({ where: { workspaceId } });
  await database.transaction(async (transaction) => {
    const { count } = await transaction.connection.workspace.deleteMany({ where: { id: workspaceId } });
    if (count === 0) return;
    await transaction.connection.workspaceImageTotal.deleteMany({ where: { owner: workspaceId } });
    await appendAuditEntry(
      transaction.connection,
      { userId: null, workspaceId },
      { action: "workspace:purge", subjectType: "Workspace", subjectId: workspaceId, before: null, after: null },
    );
  });
}
