/** Changes of experiments that members make: name, description, notes, assignee and the archive. */
import type { Connection } from "../../server/database/database.ts";

export interface ExperimentEdit {
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  readonly notes?: string | undefined;
  readonly assigneeId?: string | null | undefined;
}

/** What is undefined stays. */
export async function editExperiment(connection: Connection, id: string, edit: ExperimentEdit): Promise<void> {
  const given = Object.fromEntries(Object.entries(edit).filter(([, value]) => value !== undefined));
  await connection.experiment.update({ where: { id }, data: given });
}

export async function setExperimentsArchived(connection: Connection, ids: readonly string[], archived: boolean): Promise<void> {
  await connection.experiment.updateMany({ where: { id: { in: [...ids] } }, data: { archivedAt: archived ? new Date() : null } });
}
