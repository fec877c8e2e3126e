/** Uploads from which no model or photo was made. */
import { Prisma } from "../generated/client.ts";
import { sweepGraceMilliseconds } from "../objectStores/objectStore.ts";
import { rowSweep } from "./rowSweep.ts";

export const uploads = rowSweep({
  kind: "uploads",
  title: "Unclaimed uploads",
  graceSeconds: sweepGraceMilliseconds / 1000,
  table: Prisma.sql`uploads`,
  unused: Prisma.sql`t.claimed_at IS NULL`,
  since: Prisma.sql`t.created_at`,
});
