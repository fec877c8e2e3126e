/** Buckets of costs that have drained: the slowest takes less than an hour. */
import { Prisma } from "../../generated/client.ts";
import { rowCleanUp } from "./rowCleanUp.ts";

export const costBuckets = rowCleanUp({
  kind: "cost-buckets",
  title: "Costs of old operations",
  graceSeconds: 2 * 60 * 60,
  table: Prisma.sql`cost_buckets`,
  unused: Prisma.sql`TRUE`,
  since: Prisma.sql`t.updated_at`,
});
