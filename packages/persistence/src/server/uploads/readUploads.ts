/** Reads uploads. */

import { Prisma } from "../../generated/client.ts";
import { type CountRequest, countRows } from "../database/countRows.ts";
import type { Connection } from "../database/database.ts";
import { inOrderOf } from "../database/inOrderOf.ts";
import { type Page, type PageRequest, selectPage } from "../database/keyset.ts";
import type { Scope } from "../scope/scope.ts";

export type UploadKind = "MODEL" | "PHOTO" | "IMPORT";

export interface UploadRecord {
  readonly id: string;
  readonly workspaceId: string;
  readonly createdById: string;
  readonly kind: UploadKind;
  readonly fileName: string;
  readonly byteLength: number;
  /** Null while the file has not arrived or is not checked. */
  readonly sha256: string | null;
  readonly createdAt: Date;
  /** Until when the form accepts the file. */
  readonly formExpiresAt: Date;
  /** When a model or photo was made from it. */
  readonly claimedAt: Date | null;
}

/** An upload whose file has arrived and was checked. */
export interface FinishedUpload extends UploadRecord {
  readonly sha256: string;
}

export function isFinished(upload: UploadRecord): upload is FinishedUpload {
  return upload.sha256 !== null;
}

const select = Prisma.sql`
  SELECT u.id, u.workspace_id AS "workspaceId", u.created_by_id AS "createdById", u.kind::text AS kind, u.file_name AS "fileName", u.sha256,
    u.byte_length AS "byteLength", u.created_at AS "createdAt", u.form_expires_at AS "formExpiresAt", u.claimed_at AS "claimedAt"
  FROM uploads u`;

function unclaimedIn({ workspaceId }: Scope): Prisma.Sql[] {
  return [Prisma.sql`u.workspace_id = ${workspaceId}`, Prisma.sql`u.claimed_at IS NULL`, Prisma.sql`u.deleted_at IS NULL`];
}

/** Uploads that no model or photo has claimed, newest first. */
export function listUnclaimedUploads(
  connection: Connection,
  { scope, page }: { scope: Scope; page: PageRequest },
): Promise<Page<UploadRecord>> {
  return selectPage<UploadRecord, UploadRecord>(connection, {
    select,
    conditions: unclaimedIn(scope),
    ordering: {
      columns: [
        { sql: Prisma.sql`u.created_at`, type: "timestamptz" },
        { sql: Prisma.sql`u.id`, type: "text" },
      ],
      direction: "DESC",
    },
    page,
    toRow: (row) => row,
    positionOf: (row) => [row.createdAt.toISOString(), row.id],
  });
}

export function countUnclaimedUploads(request: CountRequest, scope: Scope): Promise<number> {
  return countRows(request, Prisma.sql`FROM uploads u`, unclaimedIn(scope));
}

/** In the order of the IDs. Null for a deleted upload, too. */
export async function findUploads(connection: Connection, ids: readonly string[]): Promise<(UploadRecord | null)[]> {
  return inOrderOf(ids, await connection.upload.findMany({ where: { id: { in: [...ids] }, deletedAt: null } }), ({ id }) => id);
}

/** An upload of the workspace that waits for its file. */
export async function findPendingUpload(
  connection: Connection,
  { scope, id }: { readonly scope: Scope; readonly id: string },
): Promise<UploadRecord | null> {
  return connection.upload.findUnique({ where: { id, workspaceId: scope.workspaceId, sha256: null, deletedAt: null } });
}

/** Those of the uploads that still wait for their file. */
export async function findPendingUploads(
  connection: Connection,
  { ids, requestedAfter }: { readonly ids: readonly string[]; readonly requestedAfter: Date },
): Promise<ReadonlySet<string>> {
  const where = { id: { in: [...ids] }, sha256: null, deletedAt: null, createdAt: { gt: requestedAfter } };
  return new Set((await connection.upload.findMany({ where, select: { id: true } })).map(({ id }) => id));
}

/** Those of the IDs that are of uploads, deleted ones included. */
export async function findKnownUploads(connection: Connection, ids: readonly string[]): Promise<ReadonlySet<string>> {
  return new Set((await connection.upload.findMany({ where: { id: { in: [...ids] } }, select: { id: true } })).map(({ id }) => id));
}
