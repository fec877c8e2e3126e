/** Deleted comments that can no longer be restored. */
import { secondsToRestoreComment } from "../comments/writeComments.ts";
import { Prisma } from "../generated/client.ts";
import { rowCleanUp } from "./rowCleanUp.ts";

export const comments = rowCleanUp({
  kind: "comments",
  title: "Deleted comments",
  graceSeconds: secondsToRestoreComment,
  table: Prisma.sql`comments`,
  unused: Prisma.sql`t.deleted_at IS NOT NULL`,
  since: Prisma.sql`t.deleted_at`,
});
