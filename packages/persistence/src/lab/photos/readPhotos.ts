/** Reads photographs: those of one workspace, and the samples of the product. */

import { Prisma } from "../../generated/client.ts";
import { type CountRequest, countRows } from "../../server/database/countRows.ts";
import type { Connection } from "../../server/database/database.ts";
import { inOrderOf } from "../../server/database/inOrderOf.ts";
import { type Page, type PageRequest, selectPage } from "../../server/database/keyset.ts";
import type { Scope } from "../../server/scope/scope.ts";
import type { ImageRecord } from "../images/readImages.ts";

export interface PhotoRecord {
  readonly id: string;
  /** Null for a sample, which every workspace may read. */
  readonly workspaceId: string | null;
  readonly createdById: string | null;
  readonly name: string;
  readonly label: string | null;
  readonly licence: string;
  readonly source: string;
  readonly createdAt: Date;
  readonly image: ImageRecord;
}

interface RawPhoto extends Omit<PhotoRecord, "image"> {
  readonly sha256: string;
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly byteLength: number;
  readonly imageCreatedAt: Date;
}

function toPhoto({ sha256, width, height, channels, byteLength, imageCreatedAt, ...photo }: RawPhoto): PhotoRecord {
  return { ...photo, image: { sha256, width, height, channels, byteLength, createdAt: imageCreatedAt } };
}

const select = Prisma.sql`
  SELECT p.id, p.workspace_id AS "workspaceId", p.created_by_id AS "createdById", p.name, p.label, p.licence, p.source, p.created_at AS "createdAt", i.sha256, i.width,
    i.height, i.channels, i.byte_length AS "byteLength", i.created_at AS "imageCreatedAt"
  FROM photos p JOIN images i ON i.sha256 = p.image_sha256`;

function visibleTo({ workspaceId }: Scope): Prisma.Sql {
  return Prisma.sql`(p.workspace_id IS NULL OR p.workspace_id = ${workspaceId})`;
}

export function listPhotos(connection: Connection, input: { scope: Scope; page: PageRequest }): Promise<Page<PhotoRecord>> {
  return selectPage<RawPhoto, PhotoRecord>(connection, {
    select,
    conditions: [visibleTo(input.scope)],
    ordering: {
      columns: [
        { sql: Prisma.sql`p.created_at`, type: "timestamptz" },
        { sql: Prisma.sql`p.id`, type: "text" },
      ],
      direction: "DESC",
    },
    page: input.page,
    toRow: toPhoto,
    positionOf: (row) => [row.createdAt.toISOString(), row.id],
  });
}

export function countPhotos(request: CountRequest, scope: Scope): Promise<number> {
  return countRows(request, Prisma.sql`FROM photos p`, [visibleTo(scope)]);
}

/** Images of photos, newest first. */
export async function findPhotoImages(
  connection: Connection,
  { scope, limit }: { readonly scope: Scope; readonly limit: number },
): Promise<string[]> {
  const photos = await connection.photo.findMany({
    where: { OR: [{ workspaceId: null }, { workspaceId: scope.workspaceId }] },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: limit,
    select: { imageSha256: true },
  });
  return photos.map(({ imageSha256 }) => imageSha256);
}

export async function findPhotos(connection: Connection, ids: readonly string[]): Promise<(PhotoRecord | null)[]> {
  const rows = await connection.$queryRaw<RawPhoto[]>(Prisma.sql`${select} WHERE p.id = ANY (${[...ids]})`);
  return inOrderOf(ids, rows.map(toPhoto), (row) => row.id);
}
