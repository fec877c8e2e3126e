/** Records uploads: when they are requested, once their file is checked, and once a model or photo is made from them. */
import { randomUUID } from "node:crypto";
import type { Connection } from "../database/database.ts";
import { inOrderOf } from "../database/inOrderOf.ts";
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

/** Reserves the sizes of the files, in one statement: call it within the quotas. */
export async function createUploads(connection: Connection, inputs: readonly RequestedUpload[]): Promise<UploadRecord[]> {
  const data = inputs.map((input) => ({ id: randomUUID(), ...input }));
  const rows = await connection.upload.createManyAndReturn({ data });
  const ids = data.map(({ id }) => id);
  return inOrderOf(ids, rows, ({ id }) => id).filter((row) => row !== null);
}

/** An upload and the hash of the file that arrived. */
export interface HashedUpload {
  readonly id: string;
  readonly sha256: string;
}

/**
 * Returns the uploads that this finishes, without those that another request has finished or deleted first, and the files of their parts,
 * which are not needed any more.
 */
export async function finishUploads(
  connection: Connection,
  uploads: readonly HashedUpload[],
): Promise<{ readonly finished: ReadonlySet<string>; readonly partFiles: readonly string[] }> {
  const rows = await connection.$queryRaw<{ id: string }[]>`
    UPDATE uploads u SET sha256 = f.sha256 FROM jsonb_to_recordset(${JSON.stringify(uploads)}::jsonb) AS f (id text, sha256 text)
    WHERE u.id = f.id AND u.sha256 IS NULL AND u.deleted_at IS NULL RETURNING u.id`;
  const finished = rows.map(({ id }) => id);
  return { finished: new Set(finished), partFiles: finished.length === 0 ? [] : await deleteUploadParts(connection, finished) };
}

export async function claimUploads(connection: Connection, ids: readonly string[]): Promise<void> {
  await connection.upload.updateMany({ where: { id: { in: [...ids] }, claimedAt: null }, data: { claimedAt: new Date() } });
}
