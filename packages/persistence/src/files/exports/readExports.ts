/** Reads exports. Those that have expired are gone, even before a clean-up deletes them. */

import { Prisma } from "../../generated/client.ts";
import type { WorkState } from "../../lab/analyses/readAnalyses.ts";
import { type CountRequest, countRows } from "../../server/database/countRows.ts";
import type { Connection } from "../../server/database/database.ts";
import { inOrderOf } from "../../server/database/inOrderOf.ts";
import { type Page, type PageRequest, selectPage } from "../../server/database/keyset.ts";
import type { StoredPart } from "../../server/objectStores/storedPart.ts";
import type { Scope } from "../../server/scope/scope.ts";

export type ExportSubject = "run" | "experiment" | "workspace";

export interface ExportRecord {
  readonly id: string;
  readonly workspaceId: string;
  readonly createdById: string;
  /** From 1, unique in the workspace. */
  readonly number: number;
  readonly subject: ExportSubject;
  /** Null for other subjects, and once the run is deleted. */
  readonly runId: string | null;
  readonly experimentId: string | null;
  /** Such as RUN-12; null for a workspace. */
  readonly subjectKey: string | null;
  readonly parts: readonly string[];
  readonly formats: readonly string[];
  readonly state: WorkState;
  readonly done: number;
  readonly total: number | null;
  readonly failure: string | null;
  /** Of the archive; null, like the following, until it is stored. */
  readonly sha256: string | null;
  readonly byteLength: number | null;
  /** SHA-256 of what was exported. */
  readonly content: string | null;
  readonly rowCount: number | null;
  readonly fileCount: number | null;
  readonly tableRows: Readonly<Record<string, number>> | null;
  /** Number of the earliest export of the workspace with the same content; null if that is this one. */
  readonly sameAs: number | null;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
  readonly expiresAt: Date | null;
}

const isKept = Prisma.sql`(x.expires_at IS NULL OR x.expires_at > now())`;
const select = Prisma.sql`
  SELECT x.id, x.workspace_id AS "workspaceId", x.created_by_id AS "createdById", x.number, x.subject, x.run_id AS "runId",
    x.experiment_id AS "experimentId", x.subject_key AS "subjectKey", x.parts, x.formats, x.state::text AS state, x.done, x.total, x.failure,
    x.sha256, x.byte_length::float8 AS "byteLength", x.content, x.row_count::float8 AS "rowCount", x.file_count AS "fileCount",
    x.table_rows AS "tableRows", x.created_at AS "createdAt", x.started_at AS "startedAt", x.ended_at AS "endedAt", x.expires_at AS "expiresAt",
    (SELECT min(o.number) FROM exports o WHERE o.workspace_id = x.workspace_id AND o.content = x.content AND o.expires_at > now()
      AND o.number < x.number) AS "sameAs"
  FROM exports x JOIN workspaces w ON w.id = x.workspace_id`;
const isReadable = Prisma.sql`w.deleted_at IS NULL AND ${isKept}`;

/** In the order of `ids`; null for an unknown one, and for those of a deleted workspace. */
export async function findExports(connection: Connection, ids: readonly string[]): Promise<(ExportRecord | null)[]> {
  const rows = await connection.$queryRaw<ExportRecord[]>(Prisma.sql`${select} WHERE ${isReadable} AND x.id = ANY (${[...ids]})`);
  return inOrderOf(ids, rows, ({ id }) => id);
}

export async function findExportsByNumber(
  connection: Connection,
  { scope, numbers }: { readonly scope: Scope; readonly numbers: readonly number[] },
): Promise<(ExportRecord | null)[]> {
  const rows = await connection.$queryRaw<ExportRecord[]>(
    Prisma.sql`${select} WHERE ${isReadable} AND x.workspace_id = ${scope.workspaceId} AND x.number = ANY (${[...numbers]}::int[])`,
  );
  return inOrderOf(numbers, rows, ({ number }) => number);
}

/** Of a run, of an experiment, or of all subjects in the workspace. */
export interface ExportFilter {
  readonly scope: Scope;
  readonly runId?: string;
  readonly experimentId?: string;
}

function conditionsOf({ scope, runId, experimentId }: ExportFilter): Prisma.Sql[] {
  const conditions = [Prisma.sql`x.workspace_id = ${scope.workspaceId}`, isKept];
  if (runId !== undefined) conditions.push(Prisma.sql`x.run_id = ${runId}`);
  if (experimentId !== undefined) conditions.push(Prisma.sql`x.experiment_id = ${experimentId}`);
  return conditions;
}

/** Latest first. */
export function listExports(connection: Connection, filter: ExportFilter, page: PageRequest): Promise<Page<ExportRecord>> {
  return selectPage<ExportRecord, ExportRecord>(connection, {
    select,
    conditions: [...conditionsOf(filter), Prisma.sql`w.deleted_at IS NULL`],
    ordering: { columns: [{ sql: Prisma.sql`x.number`, type: "integer" }], direction: "DESC" },
    page,
    toRow: (row) => row,
    positionOf: (row) => [row.number],
  });
}

export function countExports(request: CountRequest, filter: ExportFilter): Promise<number> {
  return countRows(request, Prisma.sql`FROM exports x`, conditionsOf(filter));
}

/** The parts of an export's archive, in order. */
export function findExportParts(connection: Connection, exportId: string): Promise<StoredPart[]> {
  return connection.exportPart.findMany({ where: { exportId }, select: { sha256: true, byteLength: true }, orderBy: { index: "asc" } });
}
