/**
 * Uploads, a day after a model or photo claimed them, or a day after they were requested, whether or not their file arrived. The model's
 * row names the file.
 */
import { Prisma } from "../generated/client.ts";
import { sweepGraceMilliseconds } from "../objectStores/objectStore.ts";
import { rowSweep } from "./rowSweep.ts";

export const uploads = rowSweep({
  kind: "uploads",
  title: "Uploads",
  graceSeconds: sweepGraceMilliseconds / 1000,
  table: Prisma.sql`uploads`,
  unused: Prisma.sql`TRUE`,
  since: Prisma.sql`coalesce(t.claimed_at, t.created_at)`,
});
