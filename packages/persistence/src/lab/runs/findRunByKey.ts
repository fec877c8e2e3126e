/** Finds runs by number over all workspaces, for commands of the operator. */
import type { Connection } from "../../server/database/database.ts";

export interface KeyedRun {
  readonly id: string;
  /** The workspace's handle. */
  readonly workspace: string;
}

/** By the workspace's handle. */
export async function findRunsOfNumber(connection: Connection, number: number): Promise<KeyedRun[]> {
  const rows = await connection.run.findMany({
    where: { number },
    select: { id: true, workspace: { select: { slug: true } } },
    orderBy: { workspace: { slug: "asc" } },
  });
  return rows.map(({ id, workspace }) => ({ id, workspace: workspace.slug }));
}
