/** Creates a photograph with its image. */
import { randomUUID } from "node:crypto";
import { AppError } from "@pareidolia/core/appError";
import type { Transaction } from "../database/database.ts";
import type { ImageRecord } from "../images/readImages.ts";
import { writeImages } from "../images/writeImages.ts";
import { lockWorkspace } from "../workspaces/lockWorkspace.ts";

export interface NewPhoto {
  readonly id?: string;
  readonly workspaceId: string | null;
  readonly createdById: string | null;
  readonly name: string;
  readonly label: string | null;
  readonly licence: string;
  readonly source: string;
  readonly image: Omit<ImageRecord, "createdAt">;
  readonly idempotencyKey: string | null;
}

/** Returns the photo's id. @throws AppError as `createPhotoOnce`. */
export async function createPhoto(transaction: Transaction, input: NewPhoto): Promise<string> {
  return (await createPhotoOnce(transaction, input)).id;
}

/**
 * `created` is false if an earlier request created the photo. A repeated request with the same key and image returns the id of the first, and an existing `id` is not written
 * again.
 * @throws AppError CONFLICT when the key was used for another image.
 */
export async function createPhotoOnce(
  { connection }: Transaction,
  input: NewPhoto,
): Promise<{ readonly id: string; readonly created: boolean }> {
  const { image, id = randomUUID(), ...photo } = input;
  if (photo.workspaceId !== null) await lockWorkspace(connection, photo.workspaceId);
  if (photo.workspaceId !== null && photo.idempotencyKey !== null) {
    const earlier = await connection.photo.findUnique({
      where: { workspaceId_idempotencyKey: { workspaceId: photo.workspaceId, idempotencyKey: photo.idempotencyKey } },
    });
    if (earlier !== null) {
      if (earlier.imageSha256 !== image.sha256)
        throw new AppError("CONFLICT", "This idempotency key was already used for another photo. Use a new key for a new photo.", {
          field: "input.idempotencyKey",
        });
      return { id: earlier.id, created: false };
    }
  }
  await writeImages(connection, [{ image }]);
  await connection.photo.createMany({ data: [{ id, imageSha256: image.sha256, ...photo }], skipDuplicates: true });
  return { id, created: true };
}
