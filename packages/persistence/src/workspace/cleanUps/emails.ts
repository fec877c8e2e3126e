/** E-mails that are sent, given up or only logged. Those that wait for an attempt are kept. */
import { Prisma } from "../../generated/client.ts";
import { rowCleanUp } from "../../server/cleanUps/rowCleanUp.ts";

export const emails = rowCleanUp({
  kind: "emails",
  title: "Old e-mails",
  graceSeconds: 30 * 24 * 60 * 60,
  table: Prisma.sql`emails`,
  unused: Prisma.sql`t.next_attempt_at IS NULL`,
  since: Prisma.sql`coalesce(t.sent_at, t.created_at)`,
});
