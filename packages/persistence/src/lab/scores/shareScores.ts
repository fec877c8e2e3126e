/**
 * Shows a workspace the scores of images that the caller's transaction shows it. Triggers do so as long as the transaction locks each image
 * before it shows it. A long transaction must not, so others may have scored the images in the meantime.
 */

import { Prisma } from "../../generated/client.ts";
import type { Connection } from "../../server/database/database.ts";

export interface ShownImages {
  readonly workspaceId: string;
  /** Hashes. */
  readonly images: readonly string[];
}

/** Locks the images until the transaction ends. */
export async function shareScores(connection: Connection, { workspaceId, images }: ShownImages): Promise<void> {
  const hashes = [...images];
  // Waits for those who score or show the images elsewhere; those who come later wait for the caller, and then see what it shows.
  await connection.$executeRaw`SELECT 1 FROM images WHERE sha256 = ANY (${hashes}) ORDER BY sha256 FOR NO KEY UPDATE`;
  // Image by image (OFFSET 0): what a long transaction has shown is in no statistics, so Postgres would read all images of the workspace each
  // time. `owner || ''` keeps it from the index that starts with the owner.
  const shown = Prisma.sql`unnest(${hashes}::text[]) AS shown (sha256) CROSS JOIN LATERAL (
      SELECT FROM workspace_images w WHERE w.sha256 = shown.sha256 AND w.owner || '' = ${workspaceId} OFFSET 0) here`;
  await connection.$executeRaw`
    UPDATE scores SET owner = ${workspaceId} WHERE id = ANY (ARRAY(SELECT x.id FROM ${shown} CROSS JOIN LATERAL (
      SELECT s.id FROM scores s WHERE s.image_sha256 = shown.sha256 AND s.owner IS NULL OFFSET 0) x))`;
  await connection.$executeRaw`
    INSERT INTO shared_scores (score_id, owner, top_confidence)
    SELECT x.id, ${workspaceId}, x.top_confidence FROM ${shown} CROSS JOIN LATERAL (
      SELECT s.id, s.top_confidence FROM scores s WHERE s.image_sha256 = shown.sha256 AND s.owner <> ${workspaceId} OFFSET 0) x
    ON CONFLICT DO NOTHING`;
}
