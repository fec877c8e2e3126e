/** Checks whether Postgres answers. */
import type { Prisma } from "../../generated/client.ts";

type Sender = Pick<Prisma.TransactionClient, "$queryRaw">;

/** @throws the driver's error when Postgres does not answer. */
export async function ping(connection: Sender): Promise<void> {
  await connection.$queryRaw`SELECT 1`;
}

export async function isDatabaseReachable(connection: Sender): Promise<boolean> {
  try {
    await ping(connection);
    return true;
  } catch {
    return false;
  }
}
