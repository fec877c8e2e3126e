/** How an export names the stand-in for networks of which only imported results are known. */
import { Prisma } from "../../generated/client.ts";

/** A column of `models m`: the stand-in for unknown networks is named after its workspace, which is no part of an export. */
export function exportedName(column: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`CASE WHEN m.origin = 'import' THEN 'imported' ELSE ${column} END`;
}
