/**
 * Deletes an upload for its users. The row stays until its clean-up, a day after the request, since its bytes count as sent within that day:
 * otherwise a user could fill the store with files that are deleted at once, which clean-ups remove only a day later.
 */
import { AppError } from "@pareidolia/core/appError";
import type { Transaction } from "../database/database.ts";
import { deleteUploadParts } from "./uploadParts.ts";

/**
 * Keeps a model or photo made from the upload: its row has the file's hash. Returns the files of its parts, which are not needed any more.
 * @throws AppError NOT_FOUND
 */
export async function deleteUpload(
  { connection }: Transaction,
  { workspaceId, uploadId }: { readonly workspaceId: string; readonly uploadId: string },
): Promise<readonly string[]> {
  const where = { id: uploadId, workspaceId, deletedAt: null };
  const { count } = await connection.upload.updateMany({ where, data: { deletedAt: new Date() } });
  if (count === 0) throw new AppError("NOT_FOUND", "There is no such upload.");
  return deleteUploadParts(connection, [uploadId]);
}
