/** Deletes a photograph, but not its image: clean-ups remove images without a reference. */
import { AppError } from "@pareidolia/core/appError";
import type { Connection, Transaction } from "../../server/database/database.ts";
import { inOrderOf } from "../../server/database/inOrderOf.ts";
import { liveRuns } from "../../server/scope/live.ts";
import type { Scope } from "../../server/scope/scope.ts";

/** The number of the workspace's runs that started from each photo's image, and so keep the image. */
export async function countRunsFromPhotos(
  connection: Connection,
  { scope, photoIds }: { readonly scope: Scope; readonly photoIds: readonly string[] },
): Promise<number[]> {
  const rows = await connection.$queryRaw<{ photoId: string; runs: number }[]>`
    SELECT p.id AS "photoId", count(r.id)::int AS runs
    FROM photos p LEFT JOIN ${liveRuns} r ON r.source_sha256 = p.image_sha256 AND r.workspace_id = ${scope.workspaceId}
    WHERE p.id = ANY (${[...photoIds]}) GROUP BY p.id`;
  return inOrderOf(photoIds, rows, (row) => row.photoId).map((row) => row?.runs ?? 0);
}

/** @throws AppError NOT_FOUND */
export async function deletePhoto(
  { connection }: Transaction,
  { workspaceId, photoId }: { readonly workspaceId: string; readonly photoId: string },
): Promise<void> {
  const { count } = await connection.photo.deleteMany({ where: { id: photoId, workspaceId } });
  if (count === 0) throw new AppError("NOT_FOUND", "There is no such photo.");
}
