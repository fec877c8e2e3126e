/** First answers whose idempotency keys have expired. */
import { Prisma } from "../../generated/client.ts";
import { rowCleanUp } from "./rowCleanUp.ts";

export const firstAnswers = rowCleanUp({
  kind: "first-answers",
  title: "Expired idempotency keys",
  graceSeconds: 60 * 60,
  table: Prisma.sql`first_answers`,
  unused: Prisma.sql`t.expires_at < now()`,
  since: Prisma.sql`t.expires_at`,
});
