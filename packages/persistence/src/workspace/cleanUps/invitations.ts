/** Expired invitations. Pages no longer show them; the audit log keeps that they were sent. */
import { Prisma } from "../../generated/client.ts";
import { rowCleanUp } from "../../server/cleanUps/rowCleanUp.ts";

export const invitations = rowCleanUp({
  kind: "invitations",
  title: "Expired invitations",
  graceSeconds: 24 * 60 * 60,
  table: Prisma.sql`invitations`,
  unused: Prisma.sql`t.expires_at < now()`,
  since: Prisma.sql`t.expires_at`,
});
