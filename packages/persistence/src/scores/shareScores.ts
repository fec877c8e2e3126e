/**
 * Shows a workspace the scores of images that the caller's transaction shows it. Triggers do so as long as the transaction locks each image
 * before it shows it. A long transaction must not, so others may have scored the images in the meantime.
 */
import type { Connection } from "../database/database.ts";

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
  await connection.$executeRaw`
    UPDATE scores s SET owner = w.owner FROM workspace_images w
    WHERE s.image_sha256 = ANY (${hashes}) AND s.owner IS NULL AND w.sha256 = s.image_sha256 AND w.owner = ${workspaceId}`;
  await connection.$executeRaw`
    INSERT INTO shared_scores (score_id, owner, top_confidence)
    SELECT s.id, w.owner, s.top_confidence FROM scores s JOIN workspace_images w ON w.sha256 = s.image_sha256 AND w.owner = ${workspaceId}
    WHERE s.image_sha256 = ANY (${hashes}) AND s.owner <> w.owner
    ON CONFLICT DO NOTHING`;
}
