/** Uploads, a day after a model or photo was made of them, or after they arrived. A model names its file itself. */
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
