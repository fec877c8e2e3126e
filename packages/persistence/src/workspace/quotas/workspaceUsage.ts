/** A workspace's usage of its quotas: the bytes it stores and sends. Images that runs compute do not count, since workspaces share them. */

import { Prisma } from "../../generated/client.ts";
import type { Connection } from "../../server/database/database.ts";
import { type Amount, maxFileSize } from "../../server/objectStores/objectStore.ts";
import type { Scope } from "../../server/scope/scope.ts";

export interface WorkspaceUsage {
  /** Files of models. A model whose file is still being downloaded counts as the largest file that is accepted. */
  readonly models: Amount;
  /** Photographs as they are stored. */
  readonly photos: Amount;
  /** Files that have arrived and from which no model or photo was made, those of unfinished imports, and networks that these are storing. */
  readonly uploads: Amount;
  /** Files that are expected, with their announced sizes. */
  readonly pending: Amount;
  /** Archives of releases of studies. */
  readonly releases: Amount;
  /** Archives of exports, files of bulk queries, and stored rows of unfinished bulk queries. */
  readonly exports: Amount;
  /** Bytes of all uploads that were requested within the last 24 hours, including deleted uploads and replaced parts. */
  readonly sentBytes: number;
  /** The workspace's own storage quota, in bytes; null for the operator's default. */
  readonly ownQuota: number | null;
}

export function storedBytes({ models, photos, uploads, pending, releases, exports }: WorkspaceUsage): number {
  return [models, photos, uploads, pending, releases, exports].reduce((sum, { byteLength }) => sum + byteLength, 0);
}

type Part = "models" | "photos" | "uploads" | "imports" | "pending" | "releases" | "exports";
type RawUsage = Pick<WorkspaceUsage, "sentBytes" | "ownQuota"> & { readonly [Name in `${Part}${"Count" | "Bytes"}`]: number };

export function readUsage(connection: Connection, { workspaceId }: Scope): Promise<WorkspaceUsage> {
  return usageOf(connection, workspaceId);
}

/** For the quotas themselves and for the operator, who have no actor. Two models or photos with the same file count twice. */
export async function usageOf(connection: Connection, workspaceId: string): Promise<WorkspaceUsage> {
  const isOpen = Prisma.sql`claimed_at IS NULL AND deleted_at IS NULL`;
  const [raw] = await connection.$queryRaw<RawUsage[]>`
    SELECT w.storage_quota::float8 AS "ownQuota", m.*, p.*, u.*, i.*, r.*, x.*
    FROM workspaces w,
      LATERAL (
        SELECT count(*)::int AS "modelsCount",
          coalesce(sum(coalesce(byte_length, CASE WHEN state = 'CHECKING' THEN ${maxFileSize}::int ELSE 0 END)), 0)::float8 AS "modelsBytes"
        FROM models WHERE workspace_id = w.id AND origin <> 'zoo'
      ) m,
      LATERAL (
        SELECT count(*)::int AS "photosCount", coalesce(sum(i.byte_length), 0)::float8 AS "photosBytes"
        FROM photos JOIN images i ON i.sha256 = photos.image_sha256 WHERE workspace_id = w.id
      ) p,
      LATERAL (
        SELECT count(*) FILTER (WHERE ${isOpen} AND sha256 IS NOT NULL)::int AS "uploadsCount",
          coalesce(sum(byte_length) FILTER (WHERE ${isOpen} AND sha256 IS NOT NULL), 0)::float8 AS "uploadsBytes",
          count(*) FILTER (WHERE ${isOpen} AND sha256 IS NULL)::int AS "pendingCount",
          coalesce(sum(byte_length) FILTER (WHERE ${isOpen} AND sha256 IS NULL), 0)::float8 AS "pendingBytes",
          coalesce(sum(greatest(byte_length, received_bytes)) FILTER (WHERE created_at > now() - interval '24 hours'), 0)::float8 AS "sentBytes"
        FROM uploads WHERE workspace_id = w.id
      ) u,
      LATERAL (
        SELECT count(*)::int AS "importsCount", coalesce(sum(byte_length
          + CASE WHEN state = 'WRITING' THEN coalesce((preview->'origin'->>'networkBytes')::float8, 0) ELSE 0 END), 0)::float8 AS "importsBytes"
        FROM imports WHERE workspace_id = w.id AND state IN ('INSPECTING', 'READY', 'WRITING')
      ) i,
      LATERAL (
        SELECT count(*)::int AS "releasesCount", coalesce(sum(releases.byte_length), 0)::float8 AS "releasesBytes"
        FROM releases JOIN studies s ON s.id = releases.study_id WHERE s.workspace_id = w.id AND releases.state = 'SUCCEEDED'
      ) r,
      LATERAL (
        SELECT count(*)::int AS "exportsCount", coalesce(sum(byte_length), 0)::float8 AS "exportsBytes"
        FROM (
          SELECT byte_length FROM exports WHERE workspace_id = w.id AND state = 'SUCCEEDED'
          UNION ALL SELECT byte_length FROM bulk_queries WHERE workspace_id = w.id AND state = 'SUCCEEDED'
          UNION ALL SELECT sum(c.byte_length) FROM bulk_queries b JOIN bulk_query_chunks c ON c.bulk_query_id = b.id
            WHERE b.workspace_id = w.id GROUP BY b.id
        ) files
      ) x
    WHERE w.id = ${workspaceId}`;
  if (raw === undefined) throw new Error(`There is no workspace ${workspaceId}.`);
  const amountOf = (part: Part): Amount => ({ count: raw[`${part}Count`], byteLength: raw[`${part}Bytes`] });
  const { sentBytes, ownQuota } = raw;
  const [models, photos, pending] = [amountOf("models"), amountOf("photos"), amountOf("pending")];
  const [sent, imports] = [amountOf("uploads"), amountOf("imports")];
  const uploads = { count: sent.count + imports.count, byteLength: sent.byteLength + imports.byteLength };
  return { models, photos, uploads, pending, releases: amountOf("releases"), exports: amountOf("exports"), sentBytes, ownQuota };
}
