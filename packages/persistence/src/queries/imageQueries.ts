/** Reads stored images. One is a workspace's when something of the workspace shows it; the view image_owners says what can. */
import type { Connection } from "../database.ts";
import { Prisma } from "../generated/client.ts";
import type { Scope } from "../scope/scope.ts";
import { type CountRequest, countRows, inOrderOf, type Page, type PageRequest, selectPage } from "./keyset.ts";

export interface ImageRecord {
  readonly sha256: string;
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly byteLength: number;
  readonly createdAt: Date;
}

const select = Prisma.sql`
  SELECT i.sha256, i.width, i.height, i.channels, i.byte_length AS "byteLength", i.created_at AS "createdAt" FROM images i`;

function shownIn({ workspaceId }: Scope): Prisma.Sql {
  return Prisma.sql`EXISTS (SELECT FROM image_owners o
    WHERE o.sha256 = i.sha256 AND (o.workspace_id IS NULL OR o.workspace_id = ${workspaceId}))`;
}

export function listImages(connection: Connection, input: { scope: Scope; page: PageRequest }): Promise<Page<ImageRecord>> {
  return selectPage<ImageRecord, ImageRecord>(connection, {
    select,
    conditions: [shownIn(input.scope)],
    ordering: {
      columns: [
        { sql: Prisma.sql`i.created_at`, type: "timestamptz" },
        { sql: Prisma.sql`i.sha256`, type: "text" },
      ],
      direction: "DESC",
    },
    page: input.page,
    toRow: (row) => row,
    positionOf: (row) => [row.createdAt.toISOString(), row.sha256],
  });
}

export function countImages(request: CountRequest, scope: Scope): Promise<number> {
  return countRows(request, Prisma.sql`FROM images i`, [shownIn(scope)]);
}

/** Those of the workspace; others count as absent. */
export async function findImages(
  connection: Connection,
  input: { scope: Scope; hashes: readonly string[] },
): Promise<(ImageRecord | null)[]> {
  const rows = await connection.$queryRaw<ImageRecord[]>(
    Prisma.sql`${select} WHERE i.sha256 = ANY (${[...input.hashes]}) AND ${shownIn(input.scope)}`,
  );
  return inOrderOf(input.hashes, rows, (row) => row.sha256);
}

/** The workspace's runs that show any of these images. */
export async function findRunsWithImages(
  connection: Connection,
  { scope, hashes, limit }: { scope: Scope; hashes: readonly string[]; limit: number },
): Promise<readonly string[]> {
  const images = [...hashes];
  const rows = await connection.$queryRaw<{ id: string }[]>`
    SELECT r.id FROM runs r WHERE r.workspace_id = ${scope.workspaceId} AND r.id IN (
      SELECT run_id FROM genomes WHERE image_sha256 = ANY (${images})
      UNION SELECT run_id FROM trajectories WHERE image_sha256 = ANY (${images})
      UNION SELECT run_id FROM perturbations WHERE image_sha256 = ANY (${images})
    ) ORDER BY r.number LIMIT ${limit}`;
  return rows.map(({ id }) => id);
}
