/** Counts the rows of a list, exactly or up to a limit. */
import { Prisma } from "../../generated/client.ts";
import type { Connection } from "./database.ts";
import { whereAll } from "./keyset.ts";

export interface CountRequest {
  readonly connection: Connection;
  /** Where a count that reads rows stops: it is infinite for more rows. Null counts all rows. */
  readonly most: number | null;
}

/** @param order of an index: a count that stops then reads this index instead of a whole table. */
export async function countRows(
  { connection, most }: CountRequest,
  from: Prisma.Sql,
  conditions: readonly Prisma.Sql[],
  order = Prisma.empty,
): Promise<number> {
  const where = whereAll(conditions);
  const counted =
    most === null ? Prisma.sql`${from} ${where}` : Prisma.sql`FROM (SELECT 1 ${from} ${where} ${order} LIMIT ${most + 1}) AS first_rows`;
  const [row] = await connection.$queryRaw<{ count: number }[]>(Prisma.sql`SELECT count(*)::int AS count ${counted}`);
  const count = row?.count ?? 0;
  return most !== null && count > most ? Number.POSITIVE_INFINITY : count;
}
