/** Deleted views that can no longer be restored. */
import { Prisma } from "../../generated/client.ts";
import { rowCleanUp } from "../../server/cleanUps/rowCleanUp.ts";
import { secondsToRestoreView } from "../views/writeViews.ts";

export const views = rowCleanUp({
  kind: "views",
  title: "Deleted views",
  graceSeconds: secondsToRestoreView,
  table: Prisma.sql`views`,
  unused: Prisma.sql`t.deleted_at IS NOT NULL`,
  since: Prisma.sql`t.deleted_at`,
});
