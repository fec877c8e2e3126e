/** Deletes photographs and uploaded files. Their bytes are objects, which the sweeper removes when no row names them any more. */
import { AppError } from "@pareidolia/core/appError";
import type { Connection, Transaction } from "../database.ts";
import { inOrderOf } from "../queries/keyset.ts";
import type { Scope } from "../scope/scope.ts";

/** The number of runs in the workspace that started from each photo's image. They keep the image. */
export async function countRunsFromPhotos(
  connection: Connection,
  { scope, photoIds }: { readonly scope: Scope; readonly photoIds: readonly string[] },
): Promise<number[]> {
  const rows = await connection.$queryRaw<{ photoId: string; runs: number }[]>`
    SELECT p.id AS "photoId", count(r.id)::int AS runs
    FROM photos p LEFT JOIN runs r ON r.source_sha256 = p.image_sha256 AND r.workspace_id = ${scope.workspaceId}
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

/** A model or photo made from the upload has the file's hash in its own row, and is kept. @throws AppError NOT_FOUND */
export async function deleteUpload(
  { connection }: Transaction,
  { workspaceId, uploadId }: { readonly workspaceId: string; readonly uploadId: string },
): Promise<void> {
  const { count } = await connection.upload.deleteMany({ where: { id: uploadId, workspaceId } });
  if (count === 0) throw new AppError("NOT_FOUND", "There is no such upload.");
}
