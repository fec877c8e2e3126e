/** Image rows without a reference, with their scores. A checkpoint renews the rows that it is about to refer to. */
import { Prisma } from "../generated/client.ts";
import { sweepGraceMilliseconds } from "../objectStores/objectStore.ts";
import { rowSweep } from "./rowSweep.ts";

export const images = rowSweep({
  kind: "images",
  title: "Images without a reference",
  graceSeconds: sweepGraceMilliseconds / 1000,
  table: Prisma.sql`images`,
  // Every foreign key to images but that of scores, which go with their image. A test compares this list with the database.
  unused: Prisma.sql`NOT EXISTS (SELECT FROM genomes r WHERE r.image_sha256 = t.sha256)
    AND NOT EXISTS (SELECT FROM photos r WHERE r.image_sha256 = t.sha256)
    AND NOT EXISTS (SELECT FROM runs r WHERE r.source_sha256 = t.sha256)
    AND NOT EXISTS (SELECT FROM trajectories r WHERE r.image_sha256 = t.sha256)
    AND NOT EXISTS (SELECT FROM replaced_pictures r WHERE r.image_sha256 = t.sha256)
    AND NOT EXISTS (SELECT FROM trajectory_milestones r WHERE r.image_sha256 = t.sha256)
    AND NOT EXISTS (SELECT FROM perturbations r WHERE r.image_sha256 = t.sha256)
    AND NOT EXISTS (SELECT FROM perturbations r WHERE r.original_sha256 = t.sha256)
    AND NOT EXISTS (SELECT FROM chain_elites r WHERE r.image_sha256 = t.sha256)`,
  since: Prisma.sql`t.created_at`,
});
