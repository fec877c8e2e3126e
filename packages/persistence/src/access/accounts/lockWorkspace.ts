/**
 * Locks a workspace's row until the transaction ends, so that requests with the same idempotency key run one after the other. It does not
 * wait for transactions that only add rows to the workspace, such as a long one of an import.
 */
import type { Connection } from "../../server/database/database.ts";

export async function lockWorkspace(connection: Connection, id: string): Promise<void> {
  await connection.$queryRaw`SELECT 1 FROM workspaces WHERE id = ${id} FOR NO KEY UPDATE`;
}
