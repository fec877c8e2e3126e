/** Notifies the worker of a run or an analysis to read its row now and not at its next heartbeat. */
import type { Connection } from "../../server/database/database.ts";

/** The payload is the id of the run or analysis. */
export const holderChannel = "pareidolia_run_control";

export async function notifyHolder(connection: Connection, id: string): Promise<void> {
  await connection.$executeRaw`SELECT pg_notify(${holderChannel}, ${id})`;
}
