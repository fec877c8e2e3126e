/** Deleted comments that can no longer be restored. */

import { Prisma } from "../../generated/client.ts";
import { rowCleanUp } from "../../server/cleanUps/rowCleanUp.ts";
import { secondsToRestoreComment } from "../comments/writeComments.ts";

export const comments = rowCleanUp({
  kind: "comments",
  title: "Deleted comments",
  graceSeconds: secondsToRestoreComment,
  table: Prisma.sql`comments`,
  unused: Prisma.sql`t.deleted_at IS NOT NULL`,
  since: Prisma.sql`t.deleted_at`,
});
