/** Expired links for the first owner of a workspace. The next start of the server issues another. */
import { Prisma } from "../../generated/client.ts";
import { rowCleanUp } from "../../server/cleanUps/rowCleanUp.ts";

export const ownerLinks = rowCleanUp({
  kind: "owner-links",
  title: "Expired owner links",
  graceSeconds: 60 * 60,
  table: Prisma.sql`owner_links`,
  unused: Prisma.sql`t.expires_at < now()`,
  since: Prisma.sql`t.expires_at`,
});
