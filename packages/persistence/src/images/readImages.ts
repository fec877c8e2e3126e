/** Reads stored images. An image belongs to a workspace if one of its rows shows it, as the view image_owners defines. */
import { type CountRequest, countRows } from "../database/countRows.ts";
import type { Connection } from "../database/database.ts";
import { inOrderOf } from "../database/inOrderOf.ts";
import { type Page, type PageRequest, selectPage } from "../database/keyset.ts";
import { Prisma } from "../generated/client.ts";
import type { Reach, Scope } from "../scope/scope.ts";
import { imageWithin, joinSharing, ownerWithin } from "../scope/sharing.ts";

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

/** Images beyond the reach count as absent. */
export async function findImages(
  connection: Connection,
  input: { reach: Reach; hashes: readonly string[] },
): Promise<(ImageRecord | null)[]> {
  const rows = await connection.$queryRaw<ImageRecord[]>(
    Prisma.sql`${select} WHERE i.sha256 = ANY (${[...input.hashes]}) AND ${imageWithin(input.reach, Prisma.sql`i.sha256`)}`,
  );
  return inOrderOf(input.hashes, rows, (row) => row.sha256);
}

/** An image with the reason for which the actor may read it. */
export interface ReadableImage extends ImageRecord {
  /** A row of the actor's workspace or of the product shows it. */
  readonly isOwn: boolean;
  /** A public experiment shows it. */
  readonly isPublic: boolean;
}

/** In the order of `hashes`; null for an image beyond the reach. */
export async function findReadableImages(
  connection: Connection,
  { reach, hashes }: { readonly reach: Reach; readonly hashes: readonly string[] },
): Promise<(ReadableImage | null)[]> {
  const images = await connection.$queryRaw<ReadableImage[]>`
    SELECT i.sha256, i.width, i.height, i.channels, i.byte_length AS "byteLength", i.created_at AS "createdAt", shown.*
    FROM images i CROSS JOIN LATERAL (
      SELECT coalesce(bool_or(o.workspace_id IS NULL OR o.workspace_id = ${reach.workspaceId}), false) AS "isOwn",
        coalesce(bool_or(w.deleted_at IS NULL AND x.visibility = 'PUBLIC'), false) AS "isPublic"
      FROM image_owners o ${joinSharing} WHERE o.sha256 = i.sha256 AND ${ownerWithin(reach)} HAVING count(*) > 0
    ) shown WHERE i.sha256 = ANY (${[...hashes]})`;
  return inOrderOf(hashes, images, ({ sha256 }) => sha256);
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

/** The keys ("RUN-n") of the runs that show each image. */
export async function findRunKeysOfImages(
  connection: Connection,
  hashes: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const images = [...hashes];
  const rows = await connection.$queryRaw<{ sha256: string; numbers: number[] }[]>`
    SELECT shown.sha256, array_agg(DISTINCT r.number ORDER BY r.number) AS numbers FROM (
      SELECT image_sha256 AS sha256, run_id FROM genomes WHERE image_sha256 = ANY (${images})
      UNION SELECT image_sha256, run_id FROM trajectories WHERE image_sha256 = ANY (${images})
      UNION SELECT image_sha256, run_id FROM perturbations WHERE image_sha256 = ANY (${images})
    ) shown JOIN runs r ON r.id = shown.run_id GROUP BY shown.sha256`;
  return new Map(rows.map(({ sha256, numbers }) => [sha256, numbers.map((number) => `RUN-${number}`)]));
}

export async function findNewestImages(connection: Connection, count: number): Promise<readonly string[]> {
  const images = await connection.image.findMany({ select: { sha256: true }, orderBy: { createdAt: "desc" }, take: count });
  return images.map(({ sha256 }) => sha256);
}
