/** Reads what a run left behind generation by generation: statistics, milestones and its event log. */
import type { GenerationStatistics } from "@pareidolia/core/generationStatistics";
import type { Connection } from "../database.ts";
import { Prisma } from "../generated/client.ts";
import type { Scope } from "../scope/scope.ts";
import { type CountRequest, countRows, type Page, type PageRequest, selectPage } from "./keyset.ts";

export interface GenerationRecord extends GenerationStatistics {
  readonly runId: string;
}

export interface MilestoneRecord {
  readonly runId: string;
  readonly confidence: number;
  readonly reached: number;
  readonly medianGeneration: number | null;
}

export interface RunEventRecord {
  readonly runId: string;
  readonly seq: number;
  readonly kind: string;
  readonly payload: unknown;
  readonly createdAt: Date;
}

const milestoneConfidences: readonly number[] = [0.5, 0.9, 0.99, 0.999, 0.9999];

/** Generations `from` to `to`, both included, in order. */
export function findGenerations(
  connection: Connection,
  input: { runIds: readonly string[]; from: number; to?: number },
): Promise<GenerationRecord[]> {
  const until = input.to === undefined ? Prisma.empty : Prisma.sql`AND g.generation <= ${input.to}`;
  return connection.$queryRaw<GenerationRecord[]>`
    SELECT g.run_id AS "runId", g.generation, g.median, g.mean, g.minimum, g.maximum, g.jumps, g.filled, g.evaluations
    FROM generations g WHERE g.run_id = ANY (${[...input.runIds]}) AND g.generation >= ${input.from} ${until}
    ORDER BY g.run_id, g.generation`;
}

export function findMilestones(connection: Connection, runIds: readonly string[]): Promise<MilestoneRecord[]> {
  return connection.$queryRaw<MilestoneRecord[]>`
    SELECT r.id AS "runId", level.confidence,
      (SELECT count(*)::int FROM elites e WHERE e.run_id = r.id AND e.replaced_at IS NULL AND e.stored_fitness >= level.confidence) AS reached,
      (SELECT min(g.generation) FROM generations g WHERE g.run_id = r.id AND g.median >= level.confidence) AS "medianGeneration"
    FROM runs r CROSS JOIN unnest(${[...milestoneConfidences]}::double precision[]) AS level(confidence)
    WHERE r.id = ANY (${[...runIds]}) ORDER BY r.id, level.confidence`;
}

const selectEvents = Prisma.sql`
  SELECT v.run_id AS "runId", v.seq, v.kind, v.payload, v.created_at AS "createdAt" FROM run_events v`;

interface RunInScope {
  readonly scope: Scope;
  readonly runId: string;
}

function eventsOf({ scope, runId }: RunInScope): Prisma.Sql[] {
  const visible = Prisma.sql`EXISTS (SELECT FROM runs r WHERE r.id = v.run_id AND r.workspace_id = ${scope.workspaceId})`;
  return [Prisma.sql`v.run_id = ${runId}`, visible];
}

export function listRunEvents(connection: Connection, input: RunInScope & { page: PageRequest }): Promise<Page<RunEventRecord>> {
  return selectPage<RunEventRecord, RunEventRecord>(connection, {
    select: selectEvents,
    conditions: eventsOf(input),
    ordering: { columns: [{ sql: Prisma.sql`v.seq`, type: "integer" }], direction: "ASC" },
    page: input.page,
    toRow: (row) => row,
    positionOf: (row) => [row.seq],
  });
}

export function countRunEvents(request: CountRequest, run: RunInScope): Promise<number> {
  return countRows(request, Prisma.sql`FROM run_events v`, eventsOf(run));
}

/** The log after `after`, in order, at most `limit` of it. */
export function readRunEvents(connection: Connection, input: { runId: string; after: number; limit: number }): Promise<RunEventRecord[]> {
  return connection.$queryRaw<RunEventRecord[]>(
    Prisma.sql`${selectEvents} WHERE v.run_id = ${input.runId} AND v.seq > ${input.after} ORDER BY v.seq LIMIT ${input.limit}`,
  );
}
