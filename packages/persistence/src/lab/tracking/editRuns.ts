/** Changes of runs that members make: names, notes, assignees, the archive, and the experiment. Each is one statement for all its runs. */
import type { Connection } from "../../server/database/database.ts";

export async function renameRun(connection: Connection, input: { readonly id: string; readonly name: string }): Promise<void> {
  await connection.run.update({ where: { id: input.id }, data: { name: input.name } });
}

export async function setRunNotes(connection: Connection, input: { readonly id: string; readonly notes: string }): Promise<void> {
  await connection.run.update({ where: { id: input.id }, data: { notes: input.notes } });
}

export async function setRunsArchived(connection: Connection, ids: readonly string[], archived: boolean): Promise<void> {
  await connection.run.updateMany({ where: { id: { in: [...ids] } }, data: { archivedAt: archived ? new Date() : null } });
}

export interface Assignment {
  readonly id: string;
  /** Null for none. */
  readonly assigneeId: string | null;
}

export async function assignRuns(connection: Connection, assignments: readonly Assignment[]): Promise<void> {
  const ids = assignments.map(({ id }) => id);
  const assigneeIds = assignments.map(({ assigneeId }) => assigneeId);
  await connection.$executeRaw`
    UPDATE runs SET assignee_id = given.assignee_id, updated_at = now()
    FROM unnest(${ids}::text[], ${assigneeIds}::text[]) AS given(id, assignee_id) WHERE runs.id = given.id`;
}

export interface Move {
  readonly id: string;
  readonly experimentId: string;
}

/** Also marks the experiments as changed. */
export async function moveRuns(connection: Connection, moves: readonly Move[], experimentIds: readonly string[]): Promise<void> {
  const ids = moves.map(({ id }) => id);
  const targets = moves.map(({ experimentId }) => experimentId);
  await connection.$executeRaw`
    UPDATE runs SET experiment_id = given.experiment_id, updated_at = now()
    FROM unnest(${ids}::text[], ${targets}::text[]) AS given(id, experiment_id) WHERE runs.id = given.id`;
  await connection.experiment.updateMany({ where: { id: { in: [...experimentIds] } }, data: { updatedAt: new Date() } });
}

/** Whether the user is a member of the workspace who has access. */
export async function isActiveMember(
  connection: Connection,
  input: { readonly workspaceId: string; readonly userId: string },
): Promise<boolean> {
  return (await connection.membership.count({ where: { ...input, suspendedAt: null } })) > 0;
}
