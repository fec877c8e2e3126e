/** Reads runs. */
import type { Parameters } from "@pareidolia/core/parameterSpec";
import type { Framing } from "@pareidolia/core/preprocessing";
import { countNiches, getRunKind, type Outlined, type RunKind, runKinds } from "@pareidolia/core/runKinds/registry";
import type { StoredRun } from "@pareidolia/core/runKinds/runKind";
import type { RunControl, RunState } from "@pareidolia/core/runState";
import type { EarlyStop } from "@pareidolia/core/sweep/sweepState";
import { Prisma } from "../../generated/client.ts";
import { type CountRequest, countRows } from "../../server/database/countRows.ts";
import type { Connection } from "../../server/database/database.ts";
import { inOrderOf } from "../../server/database/inOrderOf.ts";
import { type Direction, type Ordering, type Page, type PageRequest, selectPage } from "../../server/database/keyset.ts";
import { liveRuns } from "../../server/scope/live.ts";
import type { ExperimentScope, Scope } from "../../server/scope/scope.ts";
import { runsWithin, type SharedRow, sharingOfRun } from "../../server/scope/sharing.ts";
import { computedSeconds, elapsedSeconds, evaluations, settledEvaluations, speed, waitedSeconds } from "./runTimes.ts";

/** Properties of every kind of run. */
interface RunBase extends SharedRow {
  readonly id: string;
  readonly workspaceId: string;
  readonly createdById: string;
  readonly modelId: string;
  readonly number: number;
  readonly state: RunState;
  readonly control: RunControl;
  readonly failure: string | null;
  /** Why an outage paused the run, which continues by itself; null otherwise. */
  readonly outage: string | null;
  readonly outageSince: Date | null;
  readonly preset: string;
  readonly parameters: Parameters;
  readonly framing: Framing;
  readonly seed: number;
  readonly manifest: unknown;
  /** Images scored or gradients computed. */
  readonly evaluations: number;
  /** Of the maximum number of evaluations, those made and those that an early end made unnecessary. */
  readonly settledEvaluations: number;
  readonly archiveHash: string | null;
  /** The run that it was forked from; null for a run that is no fork, and once that run is deleted. */
  readonly forkedFromRunId: string | null;
  /** The last generation, or the number of links, that it has from the run it was forked from; null for a run that is no fork. */
  readonly forkGeneration: number | null;
  /** The run whose settings it was started with; null for none, and once that run is deleted. */
  readonly rerunOfRunId: string | null;
  /** Evaluations per second: between the last two checkpoints of a running run, otherwise the mean over its computing. */
  readonly speed: number | null;
  /** The three times of `runTimes`. */
  readonly waitedSeconds: number | null;
  readonly computedSeconds: number;
  readonly elapsedSeconds: number | null;
  readonly median: number | null;
  readonly foolingCount: number;
  readonly workerId: string | null;
  readonly eventSeq: number;
  /** The sweep that it is part of; null otherwise. */
  readonly sweepId: string | null;
  /** Why it ended before the end of its plan; null otherwise. */
  readonly stoppedBy: EarlyStop | null;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
  readonly updatedAt: Date;
  /** When the last checkpoint was written. */
  readonly savedAt: Date | null;
  readonly modelName: string;
  /** Possible results: one per class, or one per trajectory of an ascent. */
  readonly nicheCount: number;
  /** The name that a member gave it; empty for none. */
  readonly givenName: string;
  /** Members' notes, in Markdown. */
  readonly notes: string;
  readonly assigneeId: string | null;
  readonly archivedAt: Date | null;
}

/** A run of one kind, or of any kind. Its plan has no configurations of a search (see `findSearches`). */
export type RunRecord<Kind extends RunKind = RunKind> = RunBase & Outlined<Kind>;

export interface RunRow extends Omit<RunBase, "nicheCount">, StoredRun {
  readonly kind: RunKind;
  /** Of the model. */
  readonly classes: number;
}

export interface RunListFilter {
  readonly scope: Scope | ExperimentScope;
  readonly experimentId?: string | undefined;
  readonly kind?: RunKind | undefined;
}

export interface RunListOrder {
  readonly field: "createdAt" | "updatedAt";
  readonly direction: Direction;
}

/** The plan of a run `r` without the configurations of a search and the curves of an imported run, which are long. */
export const planOutline = Prisma.sql`CASE WHEN r.plan ? 'configurations'
  THEN r.plan - 'configurations' || jsonb_build_object('configurationCount', jsonb_array_length(r.plan->'configurations'))
  ELSE r.plan - 'curve' - 'histories' END`;

/** @param extra columns before the others, with a comma behind. */
export const selectRunsWith = (extra: Prisma.Sql): Prisma.Sql => Prisma.sql`
  SELECT ${extra} r.id, r.workspace_id AS "workspaceId", ${sharingOfRun}, r.created_by_id AS "createdById",
    r.model_id AS "modelId", r.number, r.state, r.control, r.failure, r.outage,
    CASE WHEN r.outage IS NOT NULL THEN r.outage_since END AS "outageSince", r.kind, r.preset, r.parameters,
    ${planOutline} AS document,
    r.source_sha256 AS "sourceSha256", r.generation, r.framing, r.seed, r.manifest,
    ${evaluations} AS evaluations, ${settledEvaluations} AS "settledEvaluations", r.archive_hash AS "archiveHash",
    r.forked_from_run_id AS "forkedFromRunId", r.forked_from_generation AS "forkGeneration", r.rerun_of_run_id AS "rerunOfRunId",
    ${speed} AS speed, ${waitedSeconds} AS "waitedSeconds", ${computedSeconds} AS "computedSeconds", ${elapsedSeconds} AS "elapsedSeconds", r.median,
    r.fooling_count AS "foolingCount", r.worker_id AS "workerId", r.event_seq AS "eventSeq",
    r.sweep_id AS "sweepId", r.stopped_by AS "stoppedBy", r.created_at AS "createdAt",
    r.started_at AS "startedAt", r.ended_at AS "endedAt", r.updated_at AS "updatedAt",
    (SELECT v.created_at FROM run_events v WHERE v.run_id = r.id AND v.kind <> 'STATE' AND v.payload <> '{}' ORDER BY v.seq DESC LIMIT 1) AS "savedAt",
    r.name AS "givenName", r.notes, r.assignee_id AS "assigneeId", r.archived_at AS "archivedAt",
    m.name AS "modelName", cardinality(m.labels) AS classes
  FROM ${liveRuns} r JOIN models m ON m.id = r.model_id`;

const select = selectRunsWith(Prisma.empty);

/** Leaves out runs of a kind that only a later version knows. */
const isKnown = Prisma.sql`r.kind = ANY (${runKinds.map(({ id }) => id)})`;

/** @throws AppError CORRUPT_DATA for a plan that does not match its kind. */
export function toRunRecord({ document, sourceSha256, generation, kind, classes, ...base }: RunRow): RunRecord {
  const outlined = getRunKind(kind).parseOutline({ document, sourceSha256, generation });
  return { ...base, ...outlined, nicheCount: countNiches(outlined, classes) };
}

export function conditionsOfRuns(filter: RunListFilter): Prisma.Sql[] {
  const conditions = [isKnown, runsWithin(filter.scope)];
  if (filter.experimentId !== undefined) conditions.push(Prisma.sql`r.experiment_id = ${filter.experimentId}`);
  if (filter.kind !== undefined) conditions.push(Prisma.sql`r.kind = ${filter.kind}`);
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
  return selectPage<RunRow, RunRecord>(connection, {
    select,
    conditions: conditionsOfRuns(input.filter),
    ordering: orderingOf(input.order),
    page: input.page,
    toRow: toRunRecord,
    positionOf: (row) => [row[input.order.field].toISOString(), row.id],
  });
}

export function countRuns(request: CountRequest, filter: RunListFilter): Promise<number> {
  return countRows(request, Prisma.sql`FROM ${liveRuns} r`, conditionsOfRuns(filter));
}

export async function findRuns(connection: Connection, ids: readonly string[]): Promise<(RunRecord | null)[]> {
  const rows = await connection.$queryRaw<RunRow[]>(Prisma.sql`${select} WHERE ${isKnown} AND r.id = ANY (${[...ids]})`);
  return inOrderOf(ids, rows.map(toRunRecord), (row) => row.id);
}

export async function findRunsByNumber(
  connection: Connection,
  input: { scope: Scope; numbers: readonly number[] },
): Promise<(RunRecord | null)[]> {
  const rows = await connection.$queryRaw<RunRow[]>(
    Prisma.sql`${select} WHERE ${isKnown} AND r.workspace_id = ${input.scope.workspaceId} AND r.number = ANY (${[...input.numbers]}::int[])`,
  );
  return inOrderOf(input.numbers, rows.map(toRunRecord), (row) => row.number);
}

/** Each worker's current run, or null. */
export async function findRunsOfWorkers(connection: Connection, workerIds: readonly string[]): Promise<(RunRecord | null)[]> {
  const rows = await connection.$queryRaw<RunRow[]>(
    Prisma.sql`${select} WHERE ${isKnown} AND r.worker_id = ANY (${[...workerIds]}) AND r.state = 'RUNNING' ORDER BY r.started_at`,
  );
  return inOrderOf(workerIds, rows.map(toRunRecord), (row) => row.workerId);
}

/** Evolutions of an experiment, oldest first. */
export async function findEvolutionsOf(connection: Connection, input: { experimentId: string; limit: number }): Promise<string[]> {
  const rows = await connection.run.findMany({
    where: { experimentId: input.experimentId, kind: "evolution", trashedAt: null },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    take: input.limit,
    select: { id: true },
  });
  return rows.map(({ id }) => id);
}
