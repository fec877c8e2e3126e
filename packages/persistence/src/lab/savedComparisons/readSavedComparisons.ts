/** Reads saved comparisons. Lists leave out the snapshots, which are large. */
import {
  type ComparisonEntries,
  type ComparisonSnapshot,
  parseComparisonEntries,
  parseComparisonSnapshot,
} from "@pareidolia/core/comparisonSnapshot";
import { Prisma } from "../../generated/client.ts";
import { type CountRequest, countRows } from "../../server/database/countRows.ts";
import type { Connection } from "../../server/database/database.ts";
import { inOrderOf } from "../../server/database/inOrderOf.ts";
import { type Page, type PageRequest, selectPage } from "../../server/database/keyset.ts";
import type { Scope } from "../../server/scope/scope.ts";

export interface SavedComparisonRecord {
  readonly id: string;
  readonly workspaceId: string;
  readonly createdById: string;
  /** Within the workspace, from 1. */
  readonly number: number;
  readonly title: string;
  /** In Markdown. */
  readonly notes: string;
  readonly entries: ComparisonEntries;
  /** -1 if no run had stored a generation. */
  readonly generation: number;
  readonly baseline: number | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

interface Row extends Omit<SavedComparisonRecord, "entries"> {
  readonly entries: unknown;
}

const select = Prisma.sql`
  SELECT c.id, c.workspace_id AS "workspaceId", c.created_by_id AS "createdById", c.number, c.title, c.notes, c.entries, c.generation,
    c.baseline, c.created_at AS "createdAt", c.updated_at AS "updatedAt"
  FROM saved_comparisons c`;

/** @throws AppError CORRUPT_DATA. */
function toRecord({ entries, ...row }: Row): SavedComparisonRecord {
  return { ...row, entries: parseComparisonEntries(entries) };
}

const conditionsOf = ({ workspaceId }: Scope): Prisma.Sql[] => [
  Prisma.sql`c.workspace_id = ${workspaceId}`,
  Prisma.sql`c.deleted_at IS NULL`,
];

/** Newest first. */
export function listSavedComparisons(
  connection: Connection,
  { scope, page }: { readonly scope: Scope; readonly page: PageRequest },
): Promise<Page<SavedComparisonRecord>> {
  return selectPage<Row, SavedComparisonRecord>(connection, {
    select,
    conditions: conditionsOf(scope),
    ordering: {
      columns: [
        { sql: Prisma.sql`c.created_at`, type: "timestamptz" },
        { sql: Prisma.sql`c.id`, type: "text" },
      ],
      direction: "DESC",
    },
    page,
    toRow: toRecord,
    positionOf: (row) => [row.createdAt.toISOString(), row.id],
  });
}

export function countSavedComparisons(request: CountRequest, scope: Scope): Promise<number> {
  return countRows(request, Prisma.sql`FROM saved_comparisons c`, conditionsOf(scope));
}

export async function findSavedComparisons(connection: Connection, ids: readonly string[]): Promise<(SavedComparisonRecord | null)[]> {
  const rows = await connection.$queryRaw<Row[]>`${select} WHERE c.id = ANY (${[...ids]}) AND c.deleted_at IS NULL`;
  return inOrderOf(ids, rows.map(toRecord), ({ id }) => id);
}

export async function findSavedComparisonsByNumber(
  connection: Connection,
  scope: Scope,
  numbers: readonly number[],
): Promise<(SavedComparisonRecord | null)[]> {
  const rows = await connection.$queryRaw<Row[]>`
    ${select} WHERE c.workspace_id = ${scope.workspaceId} AND c.number = ANY (${[...numbers]}) AND c.deleted_at IS NULL`;
  return inOrderOf(numbers, rows.map(toRecord), ({ number }) => number);
}

/** One that was deleted after the time; null for any other. */
export async function findDeletedComparison(connection: Connection, id: string, after: Date): Promise<SavedComparisonRecord | null> {
  const [row] = await connection.$queryRaw<Row[]>`${select} WHERE c.id = ${id} AND c.deleted_at > ${after}`;
  return row === undefined ? null : toRecord(row);
}

/** The caller has checked that the comparisons may be read. @throws AppError CORRUPT_DATA. */
export async function readComparisonSnapshots(connection: Connection, ids: readonly string[]): Promise<ComparisonSnapshot[]> {
  const rows = await connection.savedComparison.findMany({ where: { id: { in: [...ids] } }, select: { id: true, snapshot: true } });
  const snapshots = new Map(rows.map(({ id, snapshot }) => [id, snapshot]));
  return ids.map((id) => parseComparisonSnapshot(snapshots.get(id)));
}
