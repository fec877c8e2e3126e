/** Tells the worker that holds a run or an analysis to look at its row now instead of at its next heartbeat. */
import type { Connection } from "../database/database.ts";

/** The payload is the id of the run or the analysis. */
export const holderChannel = "pareidolia_run_control";

export async function notifyHolder(connection: Connection, id: string): Promise<void> {
  await connection.$executeRaw`SELECT pg_notify(${holderChannel}, ${id})`;
}
