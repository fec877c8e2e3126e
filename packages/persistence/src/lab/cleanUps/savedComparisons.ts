/** Deleted comparisons that can no longer be restored. */
import { Prisma } from "../../generated/client.ts";
import { rowCleanUp } from "../../server/cleanUps/rowCleanUp.ts";
import { secondsToRestoreComparison } from "../savedComparisons/writeSavedComparisons.ts";

export const savedComparisons = rowCleanUp({
  kind: "savedComparisons",
  title: "Deleted comparisons",
  graceSeconds: secondsToRestoreComparison,
  table: Prisma.sql`saved_comparisons`,
  unused: Prisma.sql`t.deleted_at IS NOT NULL`,
  since: Prisma.sql`t.deleted_at`,
});
