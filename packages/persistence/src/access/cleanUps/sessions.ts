/** Sessions that have expired. Their cookies no longer work. */
import { Prisma } from "../../generated/client.ts";
import { rowCleanUp } from "../../server/cleanUps/rowCleanUp.ts";

export const sessions = rowCleanUp({
  kind: "sessions",
  title: "Expired sessions",
  graceSeconds: 24 * 60 * 60,
  table: Prisma.sql`sessions`,
  unused: Prisma.sql`t.expires_at < now()`,
  since: Prisma.sql`t.expires_at`,
});
