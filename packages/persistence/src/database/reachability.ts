/** Checks whether Postgres answers. */
import type { Connection } from "./database.ts";

export async function isDatabaseReachable(connection: Connection): Promise<boolean> {
  try {
    await connection.$queryRaw`SELECT 1`;
    return true;
  } catch {
    return false;
  }
}
