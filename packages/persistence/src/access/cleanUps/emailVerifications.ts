/** Expired links that would have verified an e-mail address. */
import { Prisma } from "../../generated/client.ts";
import { rowCleanUp } from "../../server/cleanUps/rowCleanUp.ts";

export const emailVerifications = rowCleanUp({
  kind: "email-verifications",
  title: "Expired e-mail verifications",
  graceSeconds: 60 * 60,
  table: Prisma.sql`email_verifications`,
  unused: Prisma.sql`t.expires_at < now()`,
  since: Prisma.sql`t.expires_at`,
});
