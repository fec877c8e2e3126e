/** Reads runs. */
import type { Parameters } from "@pareidolia/core/parameterSpec";
import type { Framing } from "@pareidolia/core/preprocessing";
import type { RunControl, RunState } from "@pareidolia/core/runState";
import type { Connection } from "../database.ts";
import { Prisma } from "../generated/client.ts";
import type { Scope } from "../scope/scope.ts";
import type { RunPlan } from "./createRun.ts";
import {
  type CountRequest,
  containing,
  countRows,
  type Direction,
  inOrderOf,
  type Ordering,
  type Page,
  type PageRequest,
  selectPage,
} from "./keyset.ts";

export interface RunRecord {
  readonly id: string;
  readonly workspaceId: string;
  readonly experimentId: string;
  readonly createdById: string;
  readonly modelId: string;
  readonly number: number;
  readonly state: RunState;
  readonly control: RunControl;
  readonly failure: string | null;
  /** Why an outage paused the run, which continues by itself; null otherwise. */
  readonly outage: string | null;
  readonly outageSince: Date | null;
  readonly kind: string;
  /** Of an evolution; null otherwise. */
  readonly encoding: string | null;
  readonly method: string | null;
  readonly preset: string;
  readonly parameters: Parameters;
  /** Without a search's configurations, which fill much room: `findSearchPlans` reads them. */
  readonly plan: RunPlan;
  readonly framing: Framing;
  readonly sourceSha256: string | null;
  readonly seed: number;
  readonly generations: number | null;
  readonly offspring: number | null;
  readonly evaluationGoal: number | null;
  readonly manifest: unknown;
  readonly generation: number;
  /** Of what is stored, and of what is under way. */
  readonly evaluations: number;
  readonly archiveHash: string | null;
  readonly speed: number | null;
  readonly median: number | null;
  readonly foolingCount: number;
  readonly workerId: string | null;
  readonly eventSeq: number;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
  readonly updatedAt: Date;
  /** When the last checkpoint was written. */
  readonly savedAt: Date | null;
  readonly modelName: string;
  /** Images that may fool: one a class of the model; of an ascent, one a trajectory. */
  readonly nicheCount: number;
}

export interface RunListFilter {
  readonly scope: Scope;
  readonly experimentId?: string | undefined;
  readonly modelId?: string | undefined;
  readonly states?: readonly RunState[] | undefined;
  readonly encodings?: readonly string[] | undefined;
  readonly kinds?: readonly string[] | undefined;
  readonly search?: string | undefined;
}

export interface RunListOrder {
  readonly field: "createdAt" | "updatedAt";
  readonly direction: Direction;
}

const select = Prisma.sql`
  SELECT r.id, r.workspace_id AS "workspaceId", r.experiment_id AS "experimentId", r.created_by_id AS "createdById",
    r.model_id AS "modelId", r.number, r.state, r.control, r.failure, r.outage, CASE WHEN r.outage IS NOT NULL THEN r.outage_since END AS "outageSince", r.kind, r.encoding, r.method, r.preset, r.parameters,
    r.plan - 'configurations' AS plan, r.framing, r.source_sha256 AS "sourceSha256", r.seed, r.generations, r.offspring, r.evaluation_goal AS "evaluationGoal", r.manifest, r.generation, r.evaluations + r.evaluations_under_way AS evaluations, r.archive_hash AS "archiveHash", r.speed, r.median,
    r.fooling_count AS "foolingCount", r.worker_id AS "workerId", r.event_seq AS "eventSeq", r.created_at AS "createdAt",
    r.started_at AS "startedAt", r.ended_at AS "endedAt", r.updated_at AS "updatedAt",
    (SELECT v.created_at FROM run_events v WHERE v.run_id = r.id AND v.kind <> 'STATE' AND v.payload <> '{}' ORDER BY v.seq DESC LIMIT 1) AS "savedAt",
    m.name AS "modelName", CASE WHEN r.plan ? 'classes' THEN jsonb_array_length(r.plan->'classes')
      * coalesce((r.plan->>'starts')::int, 1) * coalesce(jsonb_array_length(r.plan->'configurations'), 1)
      ELSE cardinality(m.labels) END AS "nicheCount"
  FROM runs r JOIN models m ON m.id = r.model_id`;

function conditionsOf(filter: RunListFilter): Prisma.Sql[] {
  const conditions = [Prisma.sql`r.workspace_id = ${filter.scope.workspaceId}`];
  if (filter.experimentId !== undefined) conditions.push(Prisma.sql`r.experiment_id = ${filter.experimentId}`);
  if (filter.modelId !== undefined) conditions.push(Prisma.sql`r.model_id = ${filter.modelId}`);
  if (filter.states !== undefined) conditions.push(Prisma.sql`r.state = ANY (${[...filter.states]}::text[]::"RunState"[])`);
  if (filter.encodings !== undefined) conditions.push(Prisma.sql`r.encoding = ANY (${[...filter.encodings]})`);
  if (filter.kinds !== undefined) conditions.push(Prisma.sql`r.kind = ANY (${[...filter.kinds]})`);
  if (filter.search !== undefined) {
    const pattern = containing(filter.search);
    conditions.push(Prisma.sql`('RUN-' || r.number ILIKE ${pattern} OR m.name ILIKE ${pattern} OR r.encoding ILIKE ${pattern}
      OR r.method ILIKE ${pattern} OR r.kind ILIKE ${pattern} OR r.preset ILIKE ${pattern}
      OR (r.plan ? 'searched' AND 'random search' ILIKE ${pattern}) OR EXISTS (SELECT FROM experiments e WHERE e.id = r.experiment_id AND e.name ILIKE ${pattern}))`);
  }
  return conditions;
}

function orderingOf(order: RunListOrder): Ordering {
  const column = order.field === "createdAt" ? Prisma.sql`r.created_at` : Prisma.sql`r.updated_at`;
  return {
    columns: [
      { sql: column, type: "timestamptz" },
      { sql: Prisma.sql`r.id`, type: "text" },
    ],
    direction: order.direction,
  };
}

export function listRuns(
  connection: Connection,
  input: { filter: RunListFilter; order: RunListOrder; page: PageRequest },
): Promise<Page<RunRecord>> {
  return selectPage<RunRecord, RunRecord>(connection, {
    select,
    conditions: conditionsOf(input.filter),
    ordering: orderingOf(input.order),
    page: input.page,
    toRow: (row) => row,
    positionOf: (row) => [row[input.order.field].toISOString(), row.id],
  });
}

export function countRuns(request: CountRequest, filter: RunListFilter): Promise<number> {
  return countRows(request, Prisma.sql`FROM runs r JOIN models m ON m.id = r.model_id`, conditionsOf(filter));
}

export async function findRuns(connection: Connection, ids: readonly string[]): Promise<(RunRecord | null)[]> {
  const rows = await connection.$queryRaw<RunRecord[]>(Prisma.sql`${select} WHERE r.id = ANY (${[...ids]})`);
  return inOrderOf(ids, rows, (row) => row.id);
}

export async function findRunsByNumber(
  connection: Connection,
  input: { scope: Scope; numbers: readonly number[] },
): Promise<(RunRecord | null)[]> {
  const rows = await connection.$queryRaw<RunRecord[]>(
    Prisma.sql`${select} WHERE r.workspace_id = ${input.scope.workspaceId} AND r.number = ANY (${[...input.numbers]}::int[])`,
  );
  return inOrderOf(input.numbers, rows, (row) => row.number);
}

/** Each worker's run of the moment, or null. */
export async function findRunsOfWorkers(connection: Connection, workerIds: readonly string[]): Promise<(RunRecord | null)[]> {
  const rows = await connection.$queryRaw<RunRecord[]>(
    Prisma.sql`${select} WHERE r.worker_id = ANY (${[...workerIds]}) AND r.state = 'RUNNING' ORDER BY r.started_at`,
  );
  return inOrderOf(workerIds, rows, (row) => row.workerId);
}

/** Evolutions of an experiment, oldest first. */
export async function findEvolutionsOf(connection: Connection, input: { experimentId: string; limit: number }): Promise<string[]> {
  const rows = await connection.$queryRaw<{ id: string }[]>`
    SELECT id FROM runs WHERE experiment_id = ${input.experimentId} AND kind = 'evolution' ORDER BY created_at, id LIMIT ${input.limit}`;
  return rows.map(({ id }) => id);
}
