/**
 * The parts in which a large file arrives. Each is a posted file of its own, so that parts survive a lost connection and are deleted as soon
 * as the file is complete; its row has the hash, with which the sender can compare it before continuing.
 */
import { createHash } from "node:crypto";
import { AppError } from "@pareidolia/core/appError";
import { Prisma } from "../../generated/client.ts";
import type { Connection, Transaction } from "../database/database.ts";
import { groupInOrderOf } from "../database/inOrderOf.ts";
import type { PostedFiles } from "../objectStores/postedFiles.ts";

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

export interface ArrivedPart {
  readonly sha256: string;
  /** Of the posted file that has its bytes. */
  readonly fileId: string;
}

/** The parts that have arrived, in order and without gaps. */
export async function listParts(connection: Connection, uploadId: string): Promise<readonly ArrivedPart[]> {
  return (await listPartsOf(connection, [uploadId]))[0] ?? [];
}

/** The same of several uploads, in their order. */
export async function listPartsOf(connection: Connection, uploadIds: readonly string[]): Promise<readonly ArrivedPart[][]> {
  const rows = await connection.uploadPart.findMany({ where: { uploadId: { in: [...uploadIds] } }, orderBy: { index: "asc" } });
  return groupInOrderOf(uploadIds, rows, ({ uploadId }) => uploadId);
}

/** @throws AppError CONFLICT if the part before it is missing. */
export function requireInOrder(index: number, arrived: number): void {
  if (index > arrived)
    throw new AppError("CONFLICT", `Part ${arrived} of this upload has not arrived. Send the parts one after another, from 0.`);
}

export interface UploadPart extends ArrivedPart {
  readonly uploadId: string;
  readonly index: number;
}

/** Counts a part before it is stored, unless it has been recorded already: call it within the quotas. */
export async function countReceivedPart(
  connection: Connection,
  { uploadId, index, sha256 }: Omit<UploadPart, "fileId">,
  byteLength: number,
): Promise<void> {
  const recorded = await connection.uploadPart.findUnique({ where: { uploadId_index: { uploadId, index } }, select: { sha256: true } });
  if (recorded?.sha256 === sha256) return;
  await connection.upload.updateMany({ where: { id: uploadId }, data: { receivedBytes: { increment: byteLength } } });
}

/**
 * Records a stored part, and returns the file of the part that it replaces, or null.
 * @throws AppError CONFLICT if the part before it is missing.
 */
export async function writeUploadPart({ connection }: Transaction, { uploadId, index, ...part }: UploadPart): Promise<string | null> {
  // The lock keeps finishUpload and deleteUpload from removing parts in the meantime.
  const [upload] = await connection.$queryRaw<{ id: string }[]>(Prisma.sql`
    SELECT id FROM uploads WHERE id = ${uploadId} AND sha256 IS NULL AND deleted_at IS NULL FOR UPDATE`);
  if (upload === undefined) throw new AppError("FORBIDDEN", "This upload is finished or deleted. Request another upload.");
  const arrived = await connection.uploadPart.count({ where: { uploadId } });
  requireInOrder(index, arrived);
  const where = { uploadId_index: { uploadId, index } };
  const replaced = await connection.uploadPart.findUnique({ where, select: { fileId: true } });
  await connection.uploadPart.upsert({ where, create: { uploadId, index, ...part }, update: part });
  return replaced?.fileId ?? null;
}

/** Returns the files of the parts, which the caller deletes once its transaction is stored. */
export async function deleteUploadParts(connection: Connection, uploadIds: readonly string[]): Promise<readonly string[]> {
  const rows = await connection.$queryRaw<Pick<ArrivedPart, "fileId">[]>`
    DELETE FROM upload_parts WHERE upload_id = ANY (${[...uploadIds]}) RETURNING file_id AS "fileId"`;
  return rows.map(({ fileId }) => fileId);
}

/** Those of the files that are parts of uploads that still wait for the others. */
export async function findPendingParts(
  connection: Connection,
  { fileIds, requestedAfter }: { readonly fileIds: readonly string[]; readonly requestedAfter: Date },
): Promise<ReadonlySet<string>> {
  const where = { fileId: { in: [...fileIds] }, upload: { sha256: null, deletedAt: null, createdAt: { gt: requestedAfter } } };
  return new Set((await connection.uploadPart.findMany({ where, select: { fileId: true } })).map(({ fileId }) => fileId));
}

/** Yields the bytes of each part in order. @throws AppError CONFLICT if a part is not there any more. */
export async function* readParts(posted: Pick<PostedFiles, "read">, parts: readonly ArrivedPart[]): AsyncGenerator<Uint8Array> {
  for (const [index, { sha256, fileId }] of parts.entries()) {
    const bytes = await posted.read(fileId);
    if (bytes === null || createHash("sha256").update(bytes).digest("hex") !== sha256)
      throw new AppError("CONFLICT", `Part ${index} of the file was replaced or is lost. Send it again, then finish the upload.`);
    yield bytes;
  }
}
