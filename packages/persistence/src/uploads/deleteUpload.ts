/** Deletes an uploaded file. Its bytes are an object, which sweeps remove once no row names it. */
import { AppError } from "@pareidolia/core/appError";
import type { Transaction } from "../database/database.ts";

/** Keeps a model or photo made from the upload: its row has the file's hash. @throws AppError NOT_FOUND */
export async function deleteUpload(
  { connection }: Transaction,
  { workspaceId, uploadId }: { readonly workspaceId: string; readonly uploadId: string },
): Promise<void> {
  const { count } = await connection.upload.deleteMany({ where: { id: uploadId, workspaceId } });
  if (count === 0) throw new AppError("NOT_FOUND", "There is no such upload.");
}
