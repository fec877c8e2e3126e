/** Deliveries of webhooks that need no further attempt, and those of webhooks that are paused or turned off, after 30 days. */
import { Prisma } from "../../generated/client.ts";
import { rowCleanUp } from "../../server/cleanUps/rowCleanUp.ts";

export const webhookDeliveries = rowCleanUp({
  kind: "webhook-deliveries",
  title: "Old deliveries of webhooks",
  graceSeconds: 30 * 24 * 60 * 60,
  table: Prisma.sql`webhook_deliveries`,
  unused: Prisma.sql`(t.next_attempt_at IS NULL OR t.next_attempt_at < now() - interval '1 day')`,
  since: Prisma.sql`t.created_at`,
});
