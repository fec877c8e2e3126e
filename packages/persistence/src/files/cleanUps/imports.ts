/** Removes imports that were never started, failed or were cancelled. Their file is then no longer named, and is removed too. */
import { Prisma } from "../../generated/client.ts";
import { rowCleanUp } from "../../server/cleanUps/rowCleanUp.ts";

const days = 7;

export const imports = rowCleanUp({
  kind: "imports",
  title: "Imports that wrote nothing",
  graceSeconds: days * 86_400,
  table: Prisma.sql`imports`,
  unused: Prisma.sql`t.state IN ('READY', 'FAILED', 'CANCELLED')`,
  since: Prisma.sql`coalesce(t.ended_at, t.created_at)`,
});
