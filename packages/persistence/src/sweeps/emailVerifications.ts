/** Expired links that would have verified an e-mail address. */
import { Prisma } from "../generated/client.ts";
import { rowSweep } from "./rowSweep.ts";

export const emailVerifications = rowSweep({
  kind: "email-verifications",
  title: "Expired e-mail verifications",
  graceSeconds: 60 * 60,
  table: Prisma.sql`email_verifications`,
  unused: Prisma.sql`t.expires_at < now()`,
  since: Prisma.sql`t.expires_at`,
});
