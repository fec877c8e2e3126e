/** Bytes that somebody sent: recorded once they are stored, and claimed by what is made of them. */
import { randomUUID } from "node:crypto";
import type { Connection } from "../database.ts";

export interface UploadRecord {
  readonly id: string;
  readonly workspaceId: string;
  readonly sha256: string;
  readonly byteLength: number;
  readonly createdAt: Date;
}

export async function createUpload(
  connection: Connection,
  input: { workspaceId: string; createdById: string; sha256: string; byteLength: number },
): Promise<UploadRecord> {
  return connection.upload.create({ data: { id: randomUUID(), ...input } });
}

export async function findUpload(connection: Connection, id: string): Promise<UploadRecord | null> {
  return connection.upload.findUnique({ where: { id } });
}

export async function claimUpload(connection: Connection, id: string): Promise<void> {
  await connection.upload.updateMany({ where: { id, claimedAt: null }, data: { claimedAt: new Date() } });
}
