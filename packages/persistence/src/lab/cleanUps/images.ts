/** Image rows without a reference, with their scores. A checkpoint renews the image rows that it refers to. */
import { Prisma } from "../../generated/client.ts";
import { rowCleanUp } from "../../server/cleanUps/rowCleanUp.ts";
import { importsSince } from "../../server/cleanUps/runningImports.ts";
import { cleanUpGraceMilliseconds } from "../../server/objectStores/objectStore.ts";

/** Every foreign key to images except the one of scores, which are deleted with their image. A test compares the list with the database. */
export const imageReferences: readonly (readonly [table: string, column: string])[] = [
  ["chain_elites", "image_sha256"],
  ["genomes", "image_sha256"],
  ["imported_images", "image_sha256"],
  ["perturbations", "image_sha256"],
  ["perturbations", "original_sha256"],
  ["photos", "image_sha256"],
  ["replaced_pictures", "image_sha256"],
  ["runs", "source_sha256"],
  ["saved_comparison_images", "image_sha256"],
  ["study_images", "image_sha256"],
  ["trajectories", "image_sha256"],
  ["trajectory_milestones", "image_sha256"],
];

const unreferenced = imageReferences.map(([table, column]) => `NOT EXISTS (SELECT FROM ${table} r WHERE r.${column} = t.sha256)`);

export const images = rowCleanUp({
  kind: "images",
  title: "Images without a reference",
  graceSeconds: cleanUpGraceMilliseconds / 1000,
  table: Prisma.sql`images`,
  unused: Prisma.raw(unreferenced.join(" AND ")),
  since: Prisma.sql`CASE WHEN t.created_at >= ${importsSince} THEN now() ELSE t.created_at END`,
});
