/** Reads uploaded files. */
import { type CountRequest, countRows } from "../database/countRows.ts";
import type { Connection } from "../database/database.ts";
import { type Page, type PageRequest, selectPage } from "../database/keyset.ts";
import { Prisma } from "../generated/client.ts";
import type { Scope } from "../scope/scope.ts";

export interface UploadRecord {
  readonly id: string;
  readonly workspaceId: string;
  readonly createdById: string;
  readonly sha256: string;
  readonly byteLength: number;
  readonly createdAt: Date;
  /** When a model or photo was made from it. */
  readonly claimedAt: Date | null;
}

const select = Prisma.sql`
  SELECT u.id, u.workspace_id AS "workspaceId", u.created_by_id AS "createdById", u.sha256, u.byte_length AS "byteLength", u.created_at AS "createdAt",
    u.claimed_at AS "claimedAt" FROM uploads u`;

function unclaimedIn({ workspaceId }: Scope): Prisma.Sql[] {
  return [Prisma.sql`u.workspace_id = ${workspaceId}`, Prisma.sql`u.claimed_at IS NULL`];
}

/** Files that no model or photo has claimed, newest first. */
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

export async function findUpload(connection: Connection, id: string): Promise<UploadRecord | null> {
  return connection.upload.findUnique({ where: { id } });
}
