/**
 * Reads stored images. An image belongs to a workspace if one of its rows shows it, as the view image_owners defines. Lists read the distinct
 * rows of this view, which triggers keep in workspace_images in the order of their time.
 */

import { Prisma } from "../../generated/client.ts";
import type { CountRequest } from "../../server/database/countRows.ts";
import type { Connection } from "../../server/database/database.ts";
import { inOrderOf } from "../../server/database/inOrderOf.ts";
import { type Page, type PageRequest, selectPageOf, whereAll } from "../../server/database/keyset.ts";
import { liveRuns } from "../../server/scope/live.ts";
import type { Reach, Scope } from "../../server/scope/scope.ts";
import { imageWithin, joinSharing, ownerWithin } from "../../server/scope/sharing.ts";

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

/** The owners whose images a workspace sees: itself, and the product. */
export const ownersOf = ({ workspaceId }: Scope): string[] => [workspaceId, ""];

/** An image of both owners is listed once, as the workspace's. */
const isFirst = ({ workspaceId }: Scope): Prisma.Sql => Prisma.sql`(w.owner <> '' OR NOT EXISTS (
  SELECT FROM workspace_images own WHERE own.sha256 = w.sha256 AND own.owner = ${workspaceId}))`;

interface ListedImage extends ImageRecord {
  /** Since when the workspace shows it. */
  readonly shownAt: Date;
}

export function listImages(connection: Connection, input: { scope: Scope; page: PageRequest }): Promise<Page<ImageRecord>> {
  const { scope, page } = input;
  return selectPageOf<ListedImage, ListedImage>(connection, {
    statement: (part) => Prisma.sql`
      SELECT i.sha256, i.width, i.height, i.channels, i.byte_length AS "byteLength", i.created_at AS "createdAt", w.created_at AS "shownAt"
      FROM unnest(${ownersOf(scope)}::text[]) AS wanted(owner) CROSS JOIN LATERAL (
        SELECT * FROM workspace_images w ${whereAll([Prisma.sql`w.owner = wanted.owner`, isFirst(scope), ...part.conditions])} ${part.order}
      ) AS w JOIN images i ON i.sha256 = w.sha256 ${part.order}`,
    ordering: {
      columns: [
        { sql: Prisma.sql`w.created_at`, type: "timestamptz" },
        { sql: Prisma.sql`w.sha256`, type: "text" },
      ],
      direction: "DESC",
    },
    page,
    toRow: (row) => row,
    positionOf: (row) => [row.shownAt.toISOString(), row.sha256],
  });
}

/** Always exact: the product has few images of its own. */
export async function countImages({ connection }: CountRequest, scope: Scope): Promise<number> {
  const [row] = await connection.$queryRaw<{ count: number }[]>(Prisma.sql`
    SELECT ((SELECT coalesce(sum(t.images), 0) FROM workspace_image_totals t WHERE t.owner = ${scope.workspaceId})
      + (SELECT count(*) FROM workspace_images w WHERE w.owner = '' AND ${isFirst(scope)}))::int AS count`);
  return row?.count ?? 0;
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

/** The hashes within the reach that begin with each of these digits, at most two of each: more than one is no key of an image. */
export function findHashes(
  connection: Connection,
  { reach, digits }: { readonly reach: Reach; readonly digits: readonly string[] },
): Promise<readonly { readonly digits: string; readonly sha256: string }[]> {
  return connection.$queryRaw`
    SELECT wanted.digits, found.sha256 FROM unnest(${[...digits]}::text[]) AS wanted(digits) CROSS JOIN LATERAL (
      SELECT i.sha256 FROM images i WHERE i.sha256 >= wanted.digits AND i.sha256 < wanted.digits || 'g' AND ${imageWithin(reach, Prisma.sql`i.sha256`)}
      ORDER BY i.sha256 LIMIT 2) AS found`;
}

/** Any stored image. The caller must already have access to it. */
export async function findImage(connection: Connection, sha256: string): Promise<ImageRecord | null> {
  const [row] = await connection.$queryRaw<ImageRecord[]>(Prisma.sql`${select} WHERE i.sha256 = ${sha256}`);
  return row ?? null;
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
    SELECT r.id FROM ${liveRuns} r WHERE r.workspace_id = ${scope.workspaceId} AND r.id IN (
      SELECT run_id FROM genomes WHERE image_sha256 = ANY (${images})
      UNION SELECT run_id FROM trajectories WHERE image_sha256 = ANY (${images})
      UNION SELECT run_id FROM perturbations WHERE image_sha256 = ANY (${images})
    ) ORDER BY r.number LIMIT ${limit}`;
  return rows.map(({ id }) => id);
}

/** The keys ("RUN-n") of the runs that show each image, runs in the trash included. For the operator of the object store. */
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
