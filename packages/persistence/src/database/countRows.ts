/** Counts the rows of a list, exactly or up to a limit. */
import { Prisma } from "../generated/client.ts";
import type { Connection } from "./database.ts";
import { whereAll } from "./keyset.ts";

export interface CountRequest {
  readonly connection: Connection;
  /** Where the count stops; null counts all rows. */
  readonly most: number | null;
}

export async function countRows({ connection, most }: CountRequest, from: Prisma.Sql, conditions: readonly Prisma.Sql[]): Promise<number> {
  const where = whereAll(conditions);
  const counted = most === null ? Prisma.sql`${from} ${where}` : Prisma.sql`FROM (SELECT 1 ${from} ${where} LIMIT ${most}) AS first_rows`;
  const rows = await connection.$queryRaw<{ count: number }[]>(Prisma.sql`SELECT count(*)::int AS count ${counted}`);
  return rows[0]?.count ?? 0;
}
