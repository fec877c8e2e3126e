/** Reads experiments and summaries of their runs. */
import type { RunState } from "@pareidolia/core/runState";
import type { Visibility } from "@pareidolia/core/visibility";
import { Prisma } from "../../generated/client.ts";
import { type CountRequest, countRows } from "../../server/database/countRows.ts";
import type { Connection } from "../../server/database/database.ts";
import { inOrderOf } from "../../server/database/inOrderOf.ts";
import { type Direction, type Ordering, type Page, type PageRequest, selectPage } from "../../server/database/keyset.ts";
import { liveExperiments, liveRuns } from "../../server/scope/live.ts";
import type { Scope } from "../../server/scope/scope.ts";
import { mostActiveFirst } from "./mostActiveFirst.ts";

export interface ExperimentRecord {
  readonly id: string;
  readonly workspaceId: string;
  readonly createdById: string;
  readonly number: number;
  readonly name: string;
  readonly description: string;
  readonly archivedAt: Date | null;
  /** Members' notes, in Markdown. */
  readonly notes: string;
  readonly assigneeId: string | null;
  /** PRIVATE in a deleted workspace. */
  readonly visibility: Visibility;
  /** Its own id: an experiment belongs to itself. */
  readonly experimentId: string;
  /** The secret part of its link while it is unlisted. Only for members. */
  readonly shareToken: string | null;
  readonly publishedAt: Date | null;
  readonly workspaceName: string;
  readonly workspaceSlug: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export interface ExperimentSummary {
  readonly experimentId: string;
  readonly state: RunState | null;
  readonly runCount: number;
  readonly modelNames: readonly string[];
  readonly encodings: readonly string[];
}

export interface ExperimentListOrder {
  readonly field: "createdAt" | "updatedAt" | "name";
  readonly direction: Direction;
}

/** @param extra columns before the others, with a comma behind. */
export const selectExperimentsWith = (extra: Prisma.Sql): Prisma.Sql => Prisma.sql`
  SELECT ${extra} e.id, e.workspace_id AS "workspaceId", e.created_by_id AS "createdById", e.number, e.name, e.description,
    e.notes, e.assignee_id AS "assigneeId",
    e.archived_at AS "archivedAt", CASE WHEN w.deleted_at IS NULL THEN e.visibility ELSE 'PRIVATE' END::text AS visibility,
    e.id AS "experimentId", e.share_token AS "shareToken", e.published_at AS "publishedAt", w.name AS "workspaceName",
    w.slug AS "workspaceSlug", e.created_at AS "createdAt", e.updated_at AS "updatedAt"
  FROM ${liveExperiments} e JOIN workspaces w ON w.id = e.workspace_id`;

export const selectExperiments = selectExperimentsWith(Prisma.empty);

function conditionsOf({ workspaceId }: Scope): Prisma.Sql[] {
  return [Prisma.sql`e.workspace_id = ${workspaceId}`];
}

function orderingOf(order: ExperimentListOrder): Ordering {
  const id = { sql: Prisma.sql`e.id`, type: "text" } as const;
  const first = {
    createdAt: { sql: Prisma.sql`e.created_at`, type: "timestamptz" },
    updatedAt: { sql: Prisma.sql`e.updated_at`, type: "timestamptz" },
    name: { sql: Prisma.sql`e.name`, type: "text" },
  } as const;
  return { columns: [first[order.field], id], direction: order.direction };
}

export function listExperiments(
  connection: Connection,
  input: { scope: Scope; order: ExperimentListOrder; page: PageRequest },
): Promise<Page<ExperimentRecord>> {
  return selectPage<ExperimentRecord, ExperimentRecord>(connection, {
    select: selectExperiments,
    conditions: conditionsOf(input.scope),
    ordering: orderingOf(input.order),
    page: input.page,
    toRow: (row) => row,
    positionOf: (row) => [input.order.field === "name" ? row.name : row[input.order.field].toISOString(), row.id],
  });
}

export function countExperiments(request: CountRequest, scope: Scope): Promise<number> {
  return countRows(request, Prisma.sql`FROM ${liveExperiments} e`, conditionsOf(scope));
}

export async function findExperiments(connection: Connection, ids: readonly string[]): Promise<(ExperimentRecord | null)[]> {
  const rows = await connection.$queryRaw<ExperimentRecord[]>(Prisma.sql`${selectExperiments} WHERE e.id = ANY (${[...ids]})`);
  return inOrderOf(ids, rows, (row) => row.id);
}

export async function findExperimentsByNumber(
  connection: Connection,
  input: { scope: Scope; numbers: readonly number[] },
): Promise<(ExperimentRecord | null)[]> {
  const rows = await connection.$queryRaw<ExperimentRecord[]>(
    Prisma.sql`${selectExperiments} WHERE e.workspace_id = ${input.scope.workspaceId} AND e.number = ANY (${[...input.numbers]}::int[])`,
  );
  return inOrderOf(input.numbers, rows, (row) => row.number);
}

export async function summariseExperiments(connection: Connection, ids: readonly string[]): Promise<ExperimentSummary[]> {
  return connection.$queryRaw<ExperimentSummary[]>`
    SELECT e.id AS "experimentId",
      (SELECT r.state FROM ${liveRuns} r WHERE r.experiment_id = e.id ORDER BY ${mostActiveFirst} LIMIT 1) AS state,
      totals."runCount", totals."modelNames", totals.encodings
    FROM ${liveExperiments} e
    CROSS JOIN LATERAL (
      SELECT count(*)::int AS "runCount",
        coalesce(array_agg(DISTINCT m.name) FILTER (WHERE m.name IS NOT NULL), '{}') AS "modelNames",
        coalesce(array_agg(DISTINCT r.method) FILTER (WHERE r.kind = 'evolution'), '{}') AS encodings
      FROM ${liveRuns} r JOIN models m ON m.id = r.model_id WHERE r.experiment_id = e.id
    ) AS totals
    WHERE e.id = ANY (${[...ids]})`;
}
