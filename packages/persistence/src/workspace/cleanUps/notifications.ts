/** Notifications of which no e-mail is due: read ones and those that the product does not list after 30 days, unread ones after 90. */
import { Prisma } from "../../generated/client.ts";
import { rowCleanUp } from "../../server/cleanUps/rowCleanUp.ts";

export const notifications = rowCleanUp({
  kind: "notifications",
  title: "Old notifications",
  graceSeconds: 30 * 24 * 60 * 60,
  table: Prisma.sql`notifications`,
  unused: Prisma.sql`t.mail_due_at IS NULL`,
  since: Prisma.sql`CASE WHEN t.read_at IS NULL AND t.shown THEN t.created_at + interval '60 days' ELSE t.created_at END`,
});
