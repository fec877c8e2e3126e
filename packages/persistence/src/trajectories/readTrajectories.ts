/** Reads what an ascent left behind: a trajectory a configuration, class and start, its curve, and the images at its milestones. */
import { type CountRequest, countRows } from "../database/countRows.ts";
import type { Connection } from "../database/database.ts";
import { groupInOrderOf, inOrderOf } from "../database/inOrderOf.ts";
import { type Page, type PageRequest, selectPage } from "../database/keyset.ts";
import { Prisma } from "../generated/client.ts";
import { type ResultListFilter, type ResultListOrder, resultConditions, resultOrdering, resultPosition } from "../results/resultLists.ts";
import type { Scope } from "../scope/scope.ts";
import type { ConfigurationAddress } from "./readConfigurations.ts";

export interface TrajectoryRecord {
  readonly id: string;
  readonly workspaceId: string;
  readonly createdById: string;
  readonly runId: string;
  /** Of a search: which configuration; 0 otherwise. */
  readonly configuration: number;
  readonly class: number;
  readonly label: string;
  readonly start: number;
  readonly step: number;
  readonly ended: boolean;
  readonly confidence: number;
  readonly storedConfidence: number;
  readonly imageSha256: string;
  readonly createdAt: Date;
}

/** A value a recorded step, in four arrays of one length. */
export interface TrajectoryCurveRecord {
  readonly trajectoryId: string;
  readonly workspaceId: string;
  readonly createdById: string;
  readonly steps: readonly number[];
  readonly confidences: readonly number[];
  readonly storedConfidences: readonly number[];
  readonly norms: readonly number[];
}

export interface TrajectoryMilestoneRecord {
  readonly trajectoryId: string;
  /** 0 is the start image. */
  readonly level: number;
  readonly step: number;
  readonly confidence: number;
  readonly storedConfidence: number;
  readonly imageSha256: string;
}

export interface TrajectoryListFilter {
  readonly scope: Scope;
  readonly runId: string;
  readonly classes?: readonly number[] | undefined;
  readonly configurations?: readonly number[] | undefined;
}

const from = Prisma.sql`FROM trajectories t JOIN runs r ON r.id = t.run_id JOIN models m ON m.id = r.model_id`;

// Without curves: a search has thousands of trajectories, most of which are only shown as an image.
const columns = Prisma.sql`t.id, r.workspace_id AS "workspaceId", r.created_by_id AS "createdById", t.run_id AS "runId", t.configuration, t.class,
    coalesce(m.labels[t.class + 1], t.class::text) AS label, t.start, t.step, t.ended, t.confidence,
    t.stored_confidence AS "storedConfidence", t.image_sha256 AS "imageSha256", t.created_at AS "createdAt"`;

const select = Prisma.sql`SELECT ${columns} ${from}`;

function conditionsOf({ scope, runId, classes, configurations }: TrajectoryListFilter): Prisma.Sql[] {
  const conditions = [Prisma.sql`t.run_id = ${runId}`, Prisma.sql`r.workspace_id = ${scope.workspaceId}`];
  if (classes !== undefined) conditions.push(Prisma.sql`t.class = ANY (${[...classes]}::int[])`);
  if (configurations !== undefined) conditions.push(Prisma.sql`t.configuration = ANY (${[...configurations]}::int[])`);
  return conditions;
}

export function listTrajectories(
  connection: Connection,
  input: { filter: TrajectoryListFilter; page: PageRequest },
): Promise<Page<TrajectoryRecord>> {
  return selectPage<TrajectoryRecord, TrajectoryRecord>(connection, {
    select,
    conditions: conditionsOf(input.filter),
    ordering: {
      columns: [
        { sql: Prisma.sql`t.configuration`, type: "integer" },
        { sql: Prisma.sql`t.class`, type: "integer" },
        { sql: Prisma.sql`t.start`, type: "integer" },
      ],
      direction: "ASC",
    },
    page: input.page,
    toRow: (row) => row,
    positionOf: (row) => [row.configuration, row.class, row.start],
  });
}

const resultColumns = {
  id: Prisma.sql`t.id`,
  class: Prisma.sql`t.class`,
  storedConfidence: Prisma.sql`t.stored_confidence`,
  createdAt: Prisma.sql`t.created_at`,
} as const;

/** Over all runs of a workspace. */
export function listTrajectoryResults(
  connection: Connection,
  { filter, order, page }: { filter: ResultListFilter; order: ResultListOrder; page: PageRequest },
): Promise<Page<TrajectoryRecord>> {
  return selectPage<TrajectoryRecord, TrajectoryRecord>(connection, {
    select,
    conditions: resultConditions(filter, resultColumns),
    ordering: resultOrdering(order, resultColumns),
    page,
    toRow: (row) => row,
    positionOf: (row) => resultPosition(order, row),
  });
}

export function countTrajectoryResults(request: CountRequest, filter: ResultListFilter): Promise<number> {
  return countRows(request, from, resultConditions(filter, resultColumns));
}

/** Of each configuration its first `limit` trajectories by start and class, every class before any second start; one statement. */
export async function findTrajectoriesOfConfigurations(
  connection: Connection,
  { configurations, limit }: { readonly configurations: readonly ConfigurationAddress[]; readonly limit: number },
): Promise<TrajectoryRecord[][]> {
  const runIds = configurations.map(({ runId }) => runId);
  const indexes = configurations.map(({ index }) => index);
  const rows = await connection.$queryRaw<TrajectoryRecord[]>(Prisma.sql`
    SELECT ${columns}
    FROM unnest(${runIds}::text[], ${indexes}::int[]) AS asked (run_id, configuration)
    JOIN runs r ON r.id = asked.run_id
    JOIN models m ON m.id = r.model_id
    CROSS JOIN LATERAL (
      SELECT * FROM trajectories one WHERE one.run_id = asked.run_id AND one.configuration = asked.configuration
      ORDER BY one.start, one.class LIMIT ${limit}
    ) t
    ORDER BY t.run_id, t.configuration, t.start, t.class`);
  const keyOf = (runId: string, index: number): string => `${runId} ${index}`;
  return groupInOrderOf(
    configurations.map(({ runId, index }) => keyOf(runId, index)),
    rows,
    (row) => keyOf(row.runId, row.configuration),
  );
}

/** Of each run the surest trajectory of every class, at most `limit` of them, the surest first; one statement. */
export async function findBestTrajectories(
  connection: Connection,
  { runIds, limit }: { readonly runIds: readonly string[]; readonly limit: number },
): Promise<TrajectoryRecord[][]> {
  const rows = await connection.$queryRaw<TrajectoryRecord[]>(Prisma.sql`
    SELECT ${columns}
    FROM unnest(${[...runIds]}::text[]) AS asked (run_id)
    CROSS JOIN LATERAL (
      SELECT surest.id FROM (
        SELECT DISTINCT ON (one.class) one.id, one.class, one.stored_confidence FROM trajectories one WHERE one.run_id = asked.run_id
        ORDER BY one.class, one.stored_confidence DESC, one.configuration, one.start
      ) surest ORDER BY surest.stored_confidence DESC, surest.class LIMIT ${limit}
    ) best
    JOIN trajectories t ON t.id = best.id JOIN runs r ON r.id = t.run_id JOIN models m ON m.id = r.model_id
    ORDER BY t.run_id, t.stored_confidence DESC, t.class`);
  return groupInOrderOf(runIds, rows, (row) => row.runId);
}

export function countTrajectories(request: CountRequest, filter: TrajectoryListFilter): Promise<number> {
  return countRows(request, from, conditionsOf(filter));
}

export async function findTrajectories(connection: Connection, ids: readonly string[]): Promise<(TrajectoryRecord | null)[]> {
  const rows = await connection.$queryRaw<TrajectoryRecord[]>(Prisma.sql`${select} WHERE t.id = ANY (${[...ids]})`);
  return inOrderOf(ids, rows, (row) => row.id);
}

export async function findTrajectoryCurves(connection: Connection, ids: readonly string[]): Promise<(TrajectoryCurveRecord | null)[]> {
  const rows = await connection.$queryRaw<TrajectoryCurveRecord[]>`
    SELECT t.id AS "trajectoryId", r.workspace_id AS "workspaceId", r.created_by_id AS "createdById", t.curve_steps AS steps, t.curve_confidences AS confidences,
      t.curve_stored_confidences AS "storedConfidences", t.curve_norms AS norms
    FROM trajectories t JOIN runs r ON r.id = t.run_id WHERE t.id = ANY (${[...ids]})`;
  return inOrderOf(ids, rows, (row) => row.trajectoryId);
}

/** Of each trajectory, in the order of their steps. */
export async function findTrajectoryMilestones(
  connection: Connection,
  trajectoryIds: readonly string[],
): Promise<TrajectoryMilestoneRecord[][]> {
  const rows = await connection.$queryRaw<TrajectoryMilestoneRecord[]>`
    SELECT s.trajectory_id AS "trajectoryId", s.level, s.step, s.confidence, s.stored_confidence AS "storedConfidence",
      s.image_sha256 AS "imageSha256"
    FROM trajectory_milestones s WHERE s.trajectory_id = ANY (${[...trajectoryIds]}) ORDER BY s.trajectory_id, s.level`;
  return groupInOrderOf(trajectoryIds, rows, (row) => row.trajectoryId);
}
