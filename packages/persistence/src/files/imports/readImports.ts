/** Reads imports of a workspace. */

import { Prisma } from "../../generated/client.ts";
import { type CountRequest, countRows } from "../../server/database/countRows.ts";
import type { Connection } from "../../server/database/database.ts";
import { inOrderOf } from "../../server/database/inOrderOf.ts";
import { type Page, type PageRequest, selectPage } from "../../server/database/keyset.ts";
import { liveExperiments, liveRuns } from "../../server/scope/live.ts";
import type { Scope } from "../../server/scope/scope.ts";

/** INSPECTING and WRITING are the work of a worker. READY waits for a member's decision. */
export type ImportState = "INSPECTING" | "READY" | "WRITING" | "SUCCEEDED" | "FAILED" | "CANCELLED";

export interface ImportRecord {
  readonly id: string;
  readonly workspaceId: string;
  readonly createdById: string;
  readonly fileName: string;
  readonly sha256: string;
  readonly byteLength: number;
  readonly state: ImportState;
  /** The exchange package's ColumnChoices, ImportPreview and ImportReport; null without them. */
  readonly columns: unknown;
  readonly preview: unknown;
  readonly report: unknown;
  readonly experimentName: string | null;
  readonly experimentId: string | null;
  readonly modelId: string | null;
  readonly done: number;
  readonly total: number | null;
  readonly failure: string | null;
  readonly createdAt: Date;
  readonly endedAt: Date | null;
}

const select = Prisma.sql`
  SELECT i.id, i.workspace_id AS "workspaceId", i.created_by_id AS "createdById", i.file_name AS "fileName", i.sha256,
    i.byte_length AS "byteLength", i.state::text AS state, i.columns, i.preview, i.report, i.experiment_name AS "experimentName",
    i.experiment_id AS "experimentId", i.model_id AS "modelId", i.done, i.total, i.failure, i.created_at AS "createdAt",
    i.ended_at AS "endedAt"
  FROM imports i`;

/** In the order of `ids`; null for an unknown one. */
export async function findImports(connection: Connection, ids: readonly string[]): Promise<(ImportRecord | null)[]> {
  const rows = await connection.$queryRaw<ImportRecord[]>(Prisma.sql`${select} WHERE i.id = ANY (${[...ids]})`);
  return inOrderOf(ids, rows, ({ id }) => id);
}

const inScope = ({ workspaceId }: Scope): Prisma.Sql[] => [Prisma.sql`i.workspace_id = ${workspaceId}`];

/** Latest first. */
export function listImports(
  connection: Connection,
  { scope, page }: { readonly scope: Scope; readonly page: PageRequest },
): Promise<Page<ImportRecord>> {
  return selectPage<ImportRecord, ImportRecord>(connection, {
    select,
    conditions: inScope(scope),
    ordering: {
      columns: [
        { sql: Prisma.sql`i.created_at`, type: "timestamptz" },
        { sql: Prisma.sql`i.id`, type: "text" },
      ],
      direction: "DESC",
    },
    page,
    toRow: (row) => row,
    positionOf: (row) => [row.createdAt.toISOString(), row.id],
  });
}

export function countImports(request: CountRequest, scope: Scope): Promise<number> {
  return countRows(request, Prisma.sql`FROM imports i`, inScope(scope));
}

/** What an import has written, outside the trash. */
export interface ImportedRows {
  readonly runCount: number;
  /** By number. */
  readonly experimentIds: readonly string[];
}

/** In the order of `ids`. */
export async function findImportedRows(connection: Connection, ids: readonly string[]): Promise<ImportedRows[]> {
  const rows = await connection.$queryRaw<(ImportedRows & { readonly id: string })[]>`
    SELECT r.import_id AS id, count(*)::int AS "runCount", array_agg(DISTINCT r.experiment_id) AS "experimentIds"
    FROM ${liveRuns} r JOIN ${liveExperiments} x ON x.id = r.experiment_id WHERE r.import_id = ANY (${[...ids]}) GROUP BY r.import_id`;
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => byId.get(id) ?? { runCount: 0, experimentIds: [] });
}

/** When the workspace last imported each file; only imports that succeeded count. */
export async function findEarlierImport(
  connection: Connection,
  { scope, sha256, exceptId }: { readonly scope: Scope; readonly sha256: string; readonly exceptId: string },
): Promise<Date | null> {
  const found = await connection.import.findFirst({
    where: { workspaceId: scope.workspaceId, sha256, state: "SUCCEEDED", id: { not: exceptId } },
    orderBy: { createdAt: "desc" },
    select: { createdAt: true },
  });
  return found?.createdAt ?? null;
}
