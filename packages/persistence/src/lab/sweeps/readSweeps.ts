/** Reads sweeps, and how far their runs are. */
import { countEvaluations, getRunKind, type Outlined, type RunKind, resourceOf } from "@pareidolia/core/runKinds/registry";
import type { StoredRun } from "@pareidolia/core/runKinds/runKind";
import type { RunState } from "@pareidolia/core/runState";
import { parseSweepPlan, type SweepPlan } from "@pareidolia/core/sweep/sweepPlan";
import type { SweepState } from "@pareidolia/core/sweep/sweepState";
import { Prisma } from "../../generated/client.ts";
import { type CountRequest, countRows } from "../../server/database/countRows.ts";
import type { Connection } from "../../server/database/database.ts";
import { inOrderOf } from "../../server/database/inOrderOf.ts";
import { type Page, type PageRequest, selectPage } from "../../server/database/keyset.ts";
import { liveRuns } from "../../server/scope/live.ts";
import type { Scope } from "../../server/scope/scope.ts";
import { planOutline } from "../runs/readRuns.ts";
import { computedSeconds, evaluations, lastSaved, settledEvaluations, speed } from "../runs/runTimes.ts";
import type { SweepLimits } from "./createSweep.ts";

/** Payload: the ID of the sweep. */
export const sweepChannel = "pareidolia_sweeps";

interface SweepBase extends SweepLimits {
  readonly id: string;
  readonly workspaceId: string;
  readonly experimentId: string;
  readonly createdById: string;
  readonly number: number;
  readonly name: string;
  readonly pointCount: number;
  readonly runCount: number;
  readonly state: SweepState;
  readonly reason: string;
  readonly createdAt: Date;
  readonly endedAt: Date | null;
  readonly updatedAt: Date;
}

export interface SweepRecord extends SweepBase {
  readonly plan: SweepPlan;
}

interface SweepRow extends SweepBase {
  readonly document: unknown;
}

export interface SweepProgress {
  readonly sweepId: string;
  readonly queued: number;
  readonly running: number;
  readonly paused: number;
  readonly succeeded: number;
  /** FAILED or CRASHED. */
  readonly failed: number;
  readonly cancelled: number;
  readonly stoppedEarly: number;
  /** Images scored or gradients computed. */
  readonly evaluations: number;
  /** From its start until a worker took its first run; null before that. */
  readonly waitedSeconds: number | null;
  /** In which workers had its runs, added up. */
  readonly computedSeconds: number;
  /** From the start of its first run to its end, or to the last checkpoint of its runs; null before the first run started. */
  readonly elapsedSeconds: number | null;
  /** Evaluations per second of the runs that are running. */
  readonly speed: number;
}

export interface SweepListFilter {
  readonly scope: Scope;
  readonly experimentId?: string | undefined;
  readonly states?: readonly SweepState[] | undefined;
}

const select = Prisma.sql`
  SELECT s.id, s.workspace_id AS "workspaceId", s.experiment_id AS "experimentId", s.created_by_id AS "createdById", s.number, s.name,
    s.plan AS document, s.point_count AS "pointCount", s.run_count AS "runCount", s.state, s.reason, s.priority, s.concurrency,
    s.max_evaluations AS "maxEvaluations", s.max_seconds AS "maxSeconds", s.created_at AS "createdAt", s.ended_at AS "endedAt",
    s.updated_at AS "updatedAt"
  FROM sweeps s`;

/** @throws AppError CORRUPT_DATA. */
function toRecord({ document, ...row }: SweepRow): SweepRecord {
  return { ...row, plan: parseSweepPlan(document) };
}

function conditionsOf({ scope, experimentId, states }: SweepListFilter): Prisma.Sql[] {
  const conditions = [Prisma.sql`s.workspace_id = ${scope.workspaceId}`];
  if (experimentId !== undefined) conditions.push(Prisma.sql`s.experiment_id = ${experimentId}`);
  if (states !== undefined) conditions.push(Prisma.sql`s.state = ANY (${[...states]}::text[]::"SweepState"[])`);
  return conditions;
}

/** Newest first. */
export function listSweeps(
  connection: Connection,
  { filter, page }: { readonly filter: SweepListFilter; readonly page: PageRequest },
): Promise<Page<SweepRecord>> {
  return selectPage<SweepRow, SweepRecord>(connection, {
    select,
    conditions: conditionsOf(filter),
    ordering: {
      columns: [
        { sql: Prisma.sql`s.created_at`, type: "timestamptz" },
        { sql: Prisma.sql`s.id`, type: "text" },
      ],
      direction: "DESC",
    },
    page,
    toRow: toRecord,
    positionOf: (row) => [row.createdAt.toISOString(), row.id],
  });
}

export function countSweeps(request: CountRequest, filter: SweepListFilter): Promise<number> {
  return countRows(request, Prisma.sql`FROM sweeps s`, conditionsOf(filter));
}

export async function findSweeps(connection: Connection, ids: readonly string[]): Promise<(SweepRecord | null)[]> {
  const rows = await connection.$queryRaw<SweepRow[]>(Prisma.sql`${select} WHERE s.id = ANY (${[...ids]})`);
  return inOrderOf(ids, rows.map(toRecord), (row) => row.id);
}

export async function findSweepsByNumber(
  connection: Connection,
  { scope, numbers }: { readonly scope: Scope; readonly numbers: readonly number[] },
): Promise<(SweepRecord | null)[]> {
  const rows = await connection.$queryRaw<SweepRow[]>(
    Prisma.sql`${select} WHERE s.workspace_id = ${scope.workspaceId} AND s.number = ANY (${[...numbers]}::int[])`,
  );
  return inOrderOf(numbers, rows.map(toRecord), (row) => row.number);
}

/** Of runs that no longer exist, nothing is counted. */
export async function measureSweeps(connection: Connection, ids: readonly string[]): Promise<SweepProgress[]> {
  const rows = await connection.$queryRaw<SweepProgress[]>`
    SELECT sweep.id AS "sweepId",
      count(r.id) FILTER (WHERE r.state = 'QUEUED')::int AS queued, count(r.id) FILTER (WHERE r.state = 'RUNNING')::int AS running,
      count(r.id) FILTER (WHERE r.state = 'PAUSED')::int AS paused, count(r.id) FILTER (WHERE r.state = 'SUCCEEDED')::int AS succeeded,
      count(r.id) FILTER (WHERE r.state IN ('FAILED', 'CRASHED'))::int AS failed,
      count(r.id) FILTER (WHERE r.state = 'CANCELLED')::int AS cancelled, count(r.stopped_by)::int AS "stoppedEarly",
      coalesce(sum(${evaluations}), 0) AS evaluations,
      extract(epoch FROM min(r.started_at) - s.created_at)::double precision AS "waitedSeconds",
      coalesce(sum(${computedSeconds}), 0) AS "computedSeconds",
      extract(epoch FROM coalesce(s.ended_at, max(${lastSaved})) - min(r.started_at))::double precision AS "elapsedSeconds",
      coalesce(sum(r.speed) FILTER (WHERE r.state = 'RUNNING'), 0) AS speed
    FROM unnest(${[...ids]}::text[]) AS sweep(id) JOIN sweeps s ON s.id = sweep.id LEFT JOIN ${liveRuns} r ON r.sweep_id = sweep.id
    GROUP BY sweep.id, s.created_at, s.ended_at`;
  return inOrderOf(ids, rows, (row) => row.sweepId) as SweepProgress[];
}

/** A run of a sweep as its results need it. */
export interface SweepRunRow {
  readonly id: string;
  readonly number: number;
  /** Empty in sweeps started before their runs had names. */
  readonly name: string;
  readonly point: number;
  readonly replicate: number;
  readonly seed: number;
  readonly state: RunState;
  readonly stoppedBy: string | null;
  readonly failure: string | null;
  readonly median: number | null;
  readonly foolingCount: number;
  /** Classes of its model. */
  readonly classes: number;
  readonly generation: number;
  readonly evaluations: number;
  /** Of the maximum, those made and those that an early end made unnecessary. */
  readonly settledEvaluations: number;
  readonly speed: number | null;
  readonly seconds: number;
  /** Maximum number of evaluations. */
  readonly totalEvaluations: number;
  /** Of successive halving, at the end of its plan; null for a kind without it. */
  readonly end: number | null;
  /** Index of the rung at which it waits; null otherwise. */
  readonly waitsAt: number | null;
}

/** All runs of a sweep that still exist, in their order. */
export async function readSweepRuns(connection: Connection, sweepId: string): Promise<SweepRunRow[]> {
  const rows = await connection.$queryRaw<(Omit<SweepRunRow, "totalEvaluations" | "end"> & StoredRun & { readonly kind: RunKind })[]>`
    SELECT r.id, r.number, r.name, r.sweep_point AS point, r.sweep_replicate AS replicate, r.seed, r.state::text, r.stopped_by AS "stoppedBy", r.failure,
      r.median, r.fooling_count AS "foolingCount", cardinality(m.labels) AS classes, r.generation,
      ${evaluations} AS evaluations, ${settledEvaluations} AS "settledEvaluations", ${computedSeconds} AS seconds, ${speed} AS speed,
      CASE WHEN r.state = 'QUEUED' AND r.rung_reached_at IS NOT NULL THEN r.rung END AS "waitsAt", r.kind, ${planOutline} AS document, r.source_sha256 AS "sourceSha256"
    FROM ${liveRuns} r JOIN models m ON m.id = r.model_id WHERE r.sweep_id = ${sweepId} ORDER BY r.number`;
  return rows.map(({ kind, document, sourceSha256, ...row }) => {
    const outlined = getRunKind(kind).parseOutline({ document, sourceSha256, generation: row.generation });
    return {
      ...row,
      totalEvaluations: countEvaluations(outlined),
      end: resourceOf<RunKind>(outlined as Outlined & { readonly kind: RunKind }),
    };
  });
}

/** Evaluations per second of the last runs of the kind in the workspace, for an estimate; null without any. */
export async function measuredSpeed(
  connection: Connection,
  { scope, kind, modelId }: { readonly scope: Scope; readonly kind: string; readonly modelId: string },
): Promise<number | null> {
  const [row] = await connection.$queryRaw<{ speed: number | null }[]>`
    SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY recent.speed) AS speed FROM (
      SELECT ${speed} AS speed FROM ${liveRuns} r
      WHERE r.workspace_id = ${scope.workspaceId} AND r.kind = ${kind} AND r.model_id = ${modelId} AND r.compute_seconds > 0
      ORDER BY r.created_at DESC LIMIT 20) recent`;
  return row?.speed ?? null;
}
