/** Reads analyses. */

import { Prisma } from "../../generated/client.ts";
import { type CountRequest, countRows } from "../../server/database/countRows.ts";
import type { Connection } from "../../server/database/database.ts";
import { inOrderOf } from "../../server/database/inOrderOf.ts";
import { type Page, type PageRequest, selectPage } from "../../server/database/keyset.ts";
import { liveRuns } from "../../server/scope/live.ts";
import type { Scope } from "../../server/scope/scope.ts";
import { type AnalysisInput, hashAnalysisInput } from "./analysisInput.ts";

export type WorkState = "QUEUED" | "RUNNING" | "SUCCEEDED" | "FAILED" | "CANCELLED";

export interface AnalysisRecord {
  readonly id: string;
  readonly workspaceId: string;
  readonly createdById: string;
  readonly kind: string;
  readonly runId: string | null;
  readonly modelId: string | null;
  readonly input: Readonly<Record<string, unknown>>;
  readonly inputHash: string;
  readonly state: WorkState;
  readonly done: number;
  readonly total: number | null;
  readonly result: unknown;
  readonly failure: string | null;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
}

export interface AnalysisListFilter {
  readonly scope: Scope;
  readonly kind?: string | undefined;
  readonly runId?: string | undefined;
  readonly states?: readonly WorkState[] | undefined;
}

/** Columns that only claims and verifications use. */
const unread = { attempts: true, claimToken: true, heartbeatAt: true, engine: true } as const;

const select = Prisma.sql`
  SELECT a.id, a.workspace_id AS "workspaceId", a.created_by_id AS "createdById", a.kind, a.run_id AS "runId", a.model_id AS "modelId",
    a.input, a.input_hash AS "inputHash", a.state, a.done, a.total, a.result, a.failure, a.created_at AS "createdAt", a.started_at AS "startedAt", a.ended_at AS "endedAt"
  FROM analyses a`;

/** An analysis of one run is in the trash with it. One of several runs is kept: it may have been computed before one of them was trashed. */
const isLive = Prisma.sql`(a.run_id IS NULL OR EXISTS (SELECT FROM ${liveRuns} r WHERE r.id = a.run_id))`;
const live = { OR: [{ runId: null }, { run: { trashedAt: null } }] };

function conditionsOf({ scope, kind, runId, states }: AnalysisListFilter): Prisma.Sql[] {
  const conditions = [Prisma.sql`a.workspace_id = ${scope.workspaceId}`, isLive];
  if (kind !== undefined) conditions.push(Prisma.sql`a.kind = ${kind}`);
  if (runId !== undefined) conditions.push(Prisma.sql`a.run_id = ${runId}`);
  if (states !== undefined) conditions.push(Prisma.sql`a.state = ANY (${[...states]}::text[]::"WorkState"[])`);
  return conditions;
}

export function listAnalyses(
  connection: Connection,
  input: { filter: AnalysisListFilter; page: PageRequest },
): Promise<Page<AnalysisRecord>> {
  return selectPage<AnalysisRecord, AnalysisRecord>(connection, {
    select,
    conditions: conditionsOf(input.filter),
    ordering: {
      columns: [
        { sql: Prisma.sql`a.created_at`, type: "timestamptz" },
        { sql: Prisma.sql`a.id`, type: "text" },
      ],
      direction: "DESC",
    },
    page: input.page,
    toRow: (row) => row,
    positionOf: (row) => [row.createdAt.toISOString(), row.id],
  });
}

export function countAnalyses(request: CountRequest, filter: AnalysisListFilter): Promise<number> {
  return countRows(request, Prisma.sql`FROM analyses a`, conditionsOf(filter));
}

export async function findAnalyses(connection: Connection, ids: readonly string[]): Promise<(AnalysisRecord | null)[]> {
  const rows = await connection.analysis.findMany({ where: { id: { in: [...ids] }, ...live }, omit: unread });
  return inOrderOf(ids, rows as AnalysisRecord[], (row) => row.id);
}

/** The latest analysis of a kind for each elite, or null. */
export async function findAnalysesOfElites(
  connection: Connection,
  input: { scope: Scope; kind: string; eliteIds: readonly string[] },
): Promise<(AnalysisRecord | null)[]> {
  const rows = await connection.$queryRaw<AnalysisRecord[]>(Prisma.sql`${select}
    WHERE ${isLive} AND a.kind = ${input.kind} AND a.workspace_id = ${input.scope.workspaceId} AND a.input->>'eliteId' = ANY (${[...input.eliteIds]})
    ORDER BY a.created_at`);
  return inOrderOf(input.eliteIds, rows, (row) => row.input["eliteId"]);
}

/** The analysis of each input, or null if it was never requested. */
export async function findAnalysesOfInputs(
  connection: Connection,
  { scope, kind, inputs }: { readonly scope: Scope; readonly kind: string; readonly inputs: readonly AnalysisInput[] },
): Promise<(AnalysisRecord | null)[]> {
  const hashes = inputs.map((input) => hashAnalysisInput(kind, input));
  const rows = await connection.analysis.findMany({
    where: { workspaceId: scope.workspaceId, inputHash: { in: hashes }, ...live },
    omit: unread,
  });
  return inOrderOf(hashes, rows as AnalysisRecord[], (row) => row.inputHash);
}
