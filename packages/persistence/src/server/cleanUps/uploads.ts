/**
 * Uploads, a day after a model or photo claimed them, or a day after they were requested, whether or not their file arrived. The model's
 * row names the file.
 */
import { Prisma } from "../../generated/client.ts";
import { cleanUpGraceMilliseconds } from "../objectStores/objectStore.ts";
import { rowCleanUp } from "./rowCleanUp.ts";

export const uploads = rowCleanUp({
  kind: "uploads",
  title: "Uploads",
  graceSeconds: cleanUpGraceMilliseconds / 1000,
  table: Prisma.sql`uploads`,
  unused: Prisma.sql`TRUE`,
  since: Prisma.sql`coalesce(t.claimed_at, t.created_at)`,
});
