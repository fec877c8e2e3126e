/** Counts of attempts whose window has ended. The longest window is an hour. */
import { Prisma } from "../../generated/client.ts";
import { rowCleanUp } from "./rowCleanUp.ts";

export const rateLimits = rowCleanUp({
  kind: "rate-limits",
  title: "Counts of old attempts",
  graceSeconds: 2 * 60 * 60,
  table: Prisma.sql`rate_limits`,
  unused: Prisma.sql`TRUE`,
  since: Prisma.sql`t.window_started_at`,
});
