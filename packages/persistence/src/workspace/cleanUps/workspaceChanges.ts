/** Deletes entries of the log of changes after a day; clients that reconnect later load everything again. */
import { Prisma } from "../../generated/client.ts";
import { rowCleanUp } from "../../server/cleanUps/rowCleanUp.ts";

export const workspaceChanges = rowCleanUp({
  kind: "workspace-changes",
  title: "Old changes of workspaces",
  graceSeconds: 24 * 60 * 60,
  table: Prisma.sql`workspace_changes`,
  unused: Prisma.sql`true`,
  since: Prisma.sql`t.created_at`,
});
