/** Records uploads: when they are requested, once their file is checked, and once a model or photo is made from them. */
import { randomUUID } from "node:crypto";
import type { Connection } from "../database/database.ts";
import type { UploadKind, UploadRecord } from "./readUploads.ts";
import { deleteUploadParts } from "./uploadParts.ts";

export interface RequestedUpload {
  readonly workspaceId: string;
  readonly createdById: string;
  readonly kind: UploadKind;
  readonly fileName: string;
  readonly byteLength: number;
  readonly formExpiresAt: Date;
}

/** Reserves the size of the file: call it within the quotas. */
export async function createUpload(connection: Connection, input: RequestedUpload): Promise<UploadRecord> {
  return connection.upload.create({ data: { id: randomUUID(), ...input } });
}

/** Returns the files of its parts, which are not needed any more; null if another request has finished or deleted it first. */
export async function finishUpload(connection: Connection, id: string, sha256: string): Promise<readonly string[] | null> {
  const { count } = await connection.upload.updateMany({ where: { id, sha256: null, deletedAt: null }, data: { sha256 } });
  return count === 1 ? deleteUploadParts(connection, id) : null;
}

export async function claimUploads(connection: Connection, ids: readonly string[]): Promise<void> {
  await connection.upload.updateMany({ where: { id: { in: [...ids] }, claimedAt: null }, data: { claimedAt: new Date() } });
}
