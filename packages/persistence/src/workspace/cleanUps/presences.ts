/** Open pages that were not renewed. */
import { Prisma } from "../../generated/client.ts";
import { rowCleanUp } from "../../server/cleanUps/rowCleanUp.ts";

export const presences = rowCleanUp({
  kind: "presences",
  title: "Pages that are no longer open",
  graceSeconds: 60 * 60,
  table: Prisma.sql`presences`,
  unused: Prisma.sql`TRUE`,
  since: Prisma.sql`t.seen_at`,
});
