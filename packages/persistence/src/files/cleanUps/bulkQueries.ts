/** Bulk queries whose file has expired, and old ones that failed or were cancelled. Their objects follow with the next clean-up of objects. */
import { Prisma } from "../../generated/client.ts";
import { rowCleanUp } from "../../server/cleanUps/rowCleanUp.ts";

export const bulkQueries = rowCleanUp({
  kind: "bulkQueries",
  title: "Expired bulk queries",
  graceSeconds: 0,
  table: Prisma.sql`bulk_queries`,
  unused: Prisma.sql`t.state IN ('SUCCEEDED', 'FAILED', 'CANCELLED')`,
  since: Prisma.sql`CASE WHEN t.state = 'SUCCEEDED' THEN t.expires_at ELSE t.ended_at + interval '7 days' END`,
});
