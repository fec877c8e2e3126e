/** Creates photographs with their images. */
import { randomUUID } from "node:crypto";
import { AppError } from "@pareidolia/core/appError";
import { lockWorkspace } from "../../access/accounts/lockWorkspace.ts";
import type { Transaction } from "../../server/database/database.ts";
import type { ImageRecord } from "../images/readImages.ts";
import { writeImages } from "../images/writeImages.ts";

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

export interface CreatedPhoto {
  readonly id: string;
  /** False if an earlier request created the photo. */
  readonly created: boolean;
}

/** Returns the photo's id. @throws AppError as `createPhotosOnce`. */
export async function createPhoto(transaction: Transaction, input: NewPhoto): Promise<string> {
  const [photo] = await createPhotosOnce(transaction, input.workspaceId, [input]);
  return (photo as CreatedPhoto).id;
}

/**
 * Creates photographs of one workspace, in as many statements as one takes. A repeated request with the same key and image returns the id of
 * the first, and an existing `id` is not written again.
 * @throws AppError CONFLICT when a key was used for another image.
 */
export async function createPhotosOnce(
  { connection }: Transaction,
  workspaceId: string | null,
  inputs: readonly Omit<NewPhoto, "workspaceId">[],
): Promise<CreatedPhoto[]> {
  const keys = inputs.flatMap(({ idempotencyKey }) => (workspaceId === null || idempotencyKey === null ? [] : [idempotencyKey]));
  if (workspaceId !== null) await lockWorkspace(connection, workspaceId);
  const earlier = keys.length === 0 ? [] : await connection.photo.findMany({ where: { workspaceId, idempotencyKey: { in: keys } } });
  const earlierOf = new Map(earlier.map((photo) => [photo.idempotencyKey, photo]));
  const photos = inputs.map(({ image, id = randomUUID(), ...photo }) => {
    const first = photo.idempotencyKey === null ? undefined : earlierOf.get(photo.idempotencyKey);
    if (first !== undefined && first.imageSha256 !== image.sha256)
      throw new AppError("CONFLICT", "This idempotency key was already used for another photo. Use a new key for a new photo.", {
        field: "input.idempotencyKey",
      });
    return { image, created: first === undefined, row: { ...photo, workspaceId, id: first?.id ?? id, imageSha256: image.sha256 } };
  });
  const added = photos.filter(({ created }) => created);
  if (added.length > 0) {
    await writeImages(connection, added);
    await connection.photo.createMany({ data: added.map(({ row }) => row), skipDuplicates: true });
  }
  return photos.map(({ row, created }) => ({ id: row.id, created }));
}
