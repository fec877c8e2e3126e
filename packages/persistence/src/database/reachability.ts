/** Checks whether Postgres answers. */
import type { Connection } from "./database.ts";

/** @throws the driver's error when Postgres does not answer. */
export async function ping(connection: Connection): Promise<void> {
  await connection.$queryRaw`SELECT 1`;
}

export async function isDatabaseReachable(connection: Connection): Promise<boolean> {
  try {
    await ping(connection);
    return true;
  } catch {
    return false;
  }
}
