/**
 * The parts in which a large file arrives. The store keeps each part under its own hash, so that parts survive a lost connection and the
 * sender can compare them with the file before continuing.
 */
import { AppError } from "@pareidolia/core/appError";
import type { Connection, Transaction } from "../database/database.ts";
import { Prisma } from "../generated/client.ts";
import { fileKey, type ObjectStore } from "../objectStores/objectStore.ts";

/** Bytes of every part except the last, which may be shorter. Proxies usually accept larger requests. */
export const uploadPartBytes = 8 * 1024 * 1024;

interface Parted {
  readonly id: string;
  readonly byteLength: number;
}

export const countParts = ({ byteLength }: Pick<Parted, "byteLength">): number => Math.ceil(byteLength / uploadPartBytes);

/** Null if the file has no such part. */
export function lengthOfPart({ byteLength }: Pick<Parted, "byteLength">, index: number): number | null {
  if (!Number.isSafeInteger(index) || index < 0 || index >= countParts({ byteLength })) return null;
  return Math.min(uploadPartBytes, byteLength - index * uploadPartBytes);
}

/** The hashes of the parts that have arrived, in order and without gaps. */
export async function listPartHashes(connection: Connection, uploadId: string): Promise<readonly string[]> {
  const rows = await connection.uploadPart.findMany({ where: { uploadId }, orderBy: { index: "asc" }, select: { sha256: true } });
  return rows.map(({ sha256 }) => sha256);
}

/** @throws AppError CONFLICT if the part before it is missing. */
export function requireInOrder(index: number, arrived: number): void {
  if (index > arrived)
    throw new AppError("CONFLICT", `Part ${arrived} of this upload has not arrived. Send the parts one after another, from 0.`);
}

export interface UploadPart {
  readonly uploadId: string;
  readonly index: number;
  readonly sha256: string;
}

/** Counts a part before it is stored, unless it has been recorded already: call it within the quotas. */
export async function countReceivedPart(
  connection: Connection,
  { uploadId, index, sha256 }: UploadPart,
  byteLength: number,
): Promise<void> {
  const recorded = await connection.uploadPart.findUnique({ where: { uploadId_index: { uploadId, index } }, select: { sha256: true } });
  if (recorded?.sha256 === sha256) return;
  await connection.upload.updateMany({ where: { id: uploadId }, data: { receivedBytes: { increment: byteLength } } });
}

/** Records a stored part, replacing an earlier version of it. @throws AppError CONFLICT if the part before it is missing. */
export async function writeUploadPart({ connection }: Transaction, { uploadId, index, sha256 }: UploadPart): Promise<void> {
  // The lock keeps finishUpload and deleteUpload from removing parts in the meantime.
  const [upload] = await connection.$queryRaw<{ id: string }[]>(Prisma.sql`
    SELECT id FROM uploads WHERE id = ${uploadId} AND sha256 IS NULL AND deleted_at IS NULL FOR UPDATE`);
  if (upload === undefined) throw new AppError("FORBIDDEN", "This upload is finished or deleted. Request another upload.");
  const arrived = await connection.uploadPart.count({ where: { uploadId } });
  requireInOrder(index, arrived);
  await connection.uploadPart.upsert({
    where: { uploadId_index: { uploadId, index } },
    create: { uploadId, index, sha256 },
    update: { sha256 },
  });
}

export async function deleteUploadParts(connection: Connection, uploadId: string): Promise<void> {
  await connection.uploadPart.deleteMany({ where: { uploadId } });
}

/** Yields the bytes of each part in order. @throws AppError NOT_FOUND if the store has lost a part. */
export async function* readParts(objectStore: ObjectStore, hashes: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const sha256 of hashes) yield await objectStore.get(fileKey(sha256));
}
