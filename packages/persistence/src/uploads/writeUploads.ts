/** Records uploaded files once they are stored, and marks them as claimed once a model or photo is made from them. */
import { randomUUID } from "node:crypto";
import type { Connection } from "../database/database.ts";
import type { UploadRecord } from "./readUploads.ts";

export async function createUpload(
  connection: Connection,
  input: { workspaceId: string; createdById: string; sha256: string; byteLength: number },
): Promise<UploadRecord> {
  return connection.upload.create({ data: { id: randomUUID(), ...input } });
}

export async function claimUpload(connection: Connection, id: string): Promise<void> {
  await connection.upload.updateMany({ where: { id, claimedAt: null }, data: { claimedAt: new Date() } });
}
