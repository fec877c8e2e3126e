/** Expired links for a new password, sign-ins that wait for a second factor or a provider, and trusted devices. */
import { Prisma } from "../../generated/client.ts";
import { rowCleanUp } from "../../server/cleanUps/rowCleanUp.ts";

export const codes = rowCleanUp({
  kind: "codes",
  title: "Expired codes and links",
  graceSeconds: 60 * 60,
  table: Prisma.sql`verifications`,
  unused: Prisma.sql`t.expires_at < now()`,
  since: Prisma.sql`t.expires_at`,
});
