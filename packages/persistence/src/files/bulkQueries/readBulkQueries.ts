/** Reads bulk queries. Only the member who started one sees it; those that have expired are gone, even before a clean-up deletes them. */
import type { KeyScope } from "@pareidolia/core/actor";
import { Prisma } from "../../generated/client.ts";
import type { WorkState } from "../../lab/analyses/readAnalyses.ts";
import { type CountRequest, countRows } from "../../server/database/countRows.ts";
import type { Connection } from "../../server/database/database.ts";
import { inOrderOf } from "../../server/database/inOrderOf.ts";
import { type Page, type PageRequest, selectPage } from "../../server/database/keyset.ts";
import type { StoredPart } from "../../server/objectStores/storedPart.ts";
import type { Scope } from "../../server/scope/scope.ts";

export type BulkFormat = "csv" | "jsonl" | "parquet";

/** A column of a table, by the path of its values in a row. */
export interface BulkColumn {
  readonly path: readonly string[];
  readonly type: "integer" | "number" | "boolean" | "text" | "json";
}

export interface BulkQueryRecord {
  readonly id: string;
  readonly workspaceId: string;
  readonly createdById: string;
  /** The API key that started it; null for a session. */
  readonly keyId: string | null;
  readonly keyScopes: readonly KeyScope[] | null;
  /** From 1, unique in the workspace. */
  readonly number: number;
  readonly name: string;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly format: BulkFormat;
  /** None for JSON lines. */
  readonly columns: readonly BulkColumn[];
  readonly state: WorkState;
  /** Those that are stored so far. */
  readonly rows: number;
  /** After the last stored page; null before the first. */
  readonly cursor: string | null;
  /** When all rows were stored; null before. */
  readonly answeredAt: Date | null;
  readonly failure: string | null;
  /** Signs the addresses of its file. */
  readonly downloadKey: string;
  readonly sha256: string | null;
  readonly byteLength: number | null;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
  readonly expiresAt: Date | null;
}

const isKept = Prisma.sql`(b.expires_at IS NULL OR b.expires_at > now())`;
const select = Prisma.sql`
  SELECT b.id, b.workspace_id AS "workspaceId", b.created_by_id AS "createdById", b.key_id AS "keyId", b.key_scopes AS "keyScopes", b.number,
    b.name, b.query, b.variables, b.format, b.columns, b.state::text AS state, b.rows::float8 AS rows, b.cursor,
    b.answered_at AS "answeredAt", b.failure, b.download_key AS "downloadKey", b.sha256, b.byte_length::float8 AS "byteLength",
    b.created_at AS "createdAt", b.started_at AS "startedAt", b.ended_at AS "endedAt", b.expires_at AS "expiresAt"
  FROM bulk_queries b`;

/** In the order of `ids`; null for an unknown one, and for those of a deleted workspace. */
export async function findBulkQueries(connection: Connection, ids: readonly string[]): Promise<(BulkQueryRecord | null)[]> {
  const rows = await connection.$queryRaw<BulkQueryRecord[]>(
    Prisma.sql`${select} JOIN workspaces w ON w.id = b.workspace_id WHERE w.deleted_at IS NULL AND ${isKept} AND b.id = ANY (${[...ids]})`,
  );
  return inOrderOf(ids, rows, ({ id }) => id);
}

/** In the order of `numbers`; null for a number that the workspace does not have. */
export async function findBulkQueriesByNumber(
  connection: Connection,
  { workspaceId }: Scope,
  numbers: readonly number[],
): Promise<(BulkQueryRecord | null)[]> {
  const rows = await connection.$queryRaw<BulkQueryRecord[]>(
    Prisma.sql`${select} WHERE b.workspace_id = ${workspaceId} AND ${isKept} AND b.number = ANY (${[...numbers]}::int[])`,
  );
  return inOrderOf(numbers, rows, ({ number }) => number);
}

export interface BulkQueryFilter {
  readonly scope: Scope;
  readonly userId: string;
  /** Scopes of the API key that sends the request, which sees only what they permit; null for a session, which sees all of its user's. */
  readonly keyScopes: readonly KeyScope[] | null;
  readonly states: readonly WorkState[] | null;
}

function conditionsOf({ scope, userId, keyScopes, states }: BulkQueryFilter): Prisma.Sql[] {
  const conditions = [Prisma.sql`b.workspace_id = ${scope.workspaceId}`, Prisma.sql`b.created_by_id = ${userId}`, isKept];
  if (keyScopes !== null) conditions.push(Prisma.sql`b.key_scopes <@ ${[...keyScopes]}::text[]`);
  if (states !== null) conditions.push(Prisma.sql`b.state::text = ANY (${[...states]})`);
  return conditions;
}

/** Latest first. */
export function listBulkQueries(connection: Connection, filter: BulkQueryFilter, page: PageRequest): Promise<Page<BulkQueryRecord>> {
  return selectPage<BulkQueryRecord, BulkQueryRecord>(connection, {
    select,
    conditions: conditionsOf(filter),
    ordering: {
      columns: [
        { sql: Prisma.sql`b.created_at`, type: "timestamptz" },
        { sql: Prisma.sql`b.id`, type: "text" },
      ],
      direction: "DESC",
    },
    page,
    toRow: (row) => row,
    positionOf: (row) => [row.createdAt.toISOString(), row.id],
  });
}

export function countBulkQueries(request: CountRequest, filter: BulkQueryFilter): Promise<number> {
  return countRows(request, Prisma.sql`FROM bulk_queries b`, conditionsOf(filter));
}

/** The parts of its file, in order. */
export function findBulkParts(connection: Connection, bulkQueryId: string): Promise<StoredPart[]> {
  return connection.bulkQueryPart.findMany({
    where: { bulkQueryId },
    select: { sha256: true, byteLength: true },
    orderBy: { index: "asc" },
  });
}

/** The objects with its rows, in order. */
export function findBulkChunks(connection: Connection, bulkQueryId: string): Promise<StoredPart[]> {
  return connection.bulkQueryChunk.findMany({
    where: { bulkQueryId },
    select: { sha256: true, byteLength: true },
    orderBy: { index: "asc" },
  });
}
