/** Reads trajectories, their curves and the images at their milestones. */

import { Prisma } from "../../generated/client.ts";
import { type CountRequest, countRows } from "../../server/database/countRows.ts";
import type { Connection } from "../../server/database/database.ts";
import { groupInOrderOf, inOrderOf } from "../../server/database/inOrderOf.ts";
import { type Page, type PageRequest, selectPage } from "../../server/database/keyset.ts";
import { liveRuns } from "../../server/scope/live.ts";
import type { ExperimentScope, Scope } from "../../server/scope/scope.ts";
import { runsWithin, type SharedRow, sharingOfRun } from "../../server/scope/sharing.ts";
import { imageOfRow, readImageOfRow, type WithRawImage } from "../images/imageOfRow.ts";
import type { ImageRecord } from "../images/readImages.ts";
import { labelledImages } from "../recognition/labelledImages.ts";
import { countResults, listResults, type ResultList, type ResultTable, resultOrders } from "../results/resultLists.ts";
import type { ConfigurationAddress } from "./readConfigurations.ts";

export interface TrajectoryRecord extends SharedRow {
  readonly id: string;
  readonly workspaceId: string;
  readonly createdById: string;
  readonly runId: string;
  /** Index of the search's configuration; 0 without a search. */
  readonly configuration: number;
  readonly class: number;
  readonly label: string;
  readonly start: number;
  readonly step: number;
  readonly ended: boolean;
  readonly confidence: number;
  readonly storedConfidence: number;
  readonly image: ImageRecord;
  readonly createdAt: Date;
}

type RawTrajectory = WithRawImage<TrajectoryRecord>;

/** Four arrays of equal length, with one value per recorded step. */
export interface TrajectoryCurveRecord extends SharedRow {
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
  /** 0 for the start image. */
  readonly level: number;
  readonly step: number;
  readonly confidence: number;
  readonly storedConfidence: number;
  readonly imageSha256: string;
}

export interface TrajectoryListFilter {
  readonly scope: Scope | ExperimentScope;
  readonly runId: string;
  readonly classes?: readonly number[] | undefined;
  readonly configurations?: readonly number[] | undefined;
}

const joins = Prisma.sql`JOIN ${liveRuns} r ON r.id = t.run_id JOIN models m ON m.id = r.model_id`;
const { from } = labelledImages.trajectory;

// Without curves: a search has thousands of trajectories, and pages show most of them only as an image.
const columns = Prisma.sql`t.id, r.workspace_id AS "workspaceId", r.created_by_id AS "createdById", ${sharingOfRun}, t.run_id AS "runId", t.configuration, t.class,
    coalesce(m.labels[t.class + 1], t.class::text) AS label, t.start, t.step, t.ended, t.confidence,
    t.stored_confidence AS "storedConfidence", ${imageOfRow(labelledImages.trajectory.imageSha256)}, t.created_at AS "createdAt"`;

const select = Prisma.sql`SELECT ${columns} ${from}`;

function conditionsOf({ scope, runId, classes, configurations }: TrajectoryListFilter): Prisma.Sql[] {
  const conditions = [Prisma.sql`t.run_id = ${runId}`, runsWithin(scope)];
  if (classes !== undefined) conditions.push(Prisma.sql`t.class = ANY (${[...classes]}::int[])`);
  if (configurations !== undefined) conditions.push(Prisma.sql`t.configuration = ANY (${[...configurations]}::int[])`);
  return conditions;
}

export function listTrajectories(
  connection: Connection,
  input: { filter: TrajectoryListFilter; page: PageRequest },
): Promise<Page<TrajectoryRecord>> {
  return selectPage<RawTrajectory, TrajectoryRecord>(connection, {
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
    toRow: readImageOfRow,
    positionOf: (row) => [row.configuration, row.class, row.start],
  });
}

const table: ResultTable<RawTrajectory, TrajectoryRecord> = {
  name: Prisma.sql`trajectories`,
  images: labelledImages.trajectory,
  columns: Prisma.sql`SELECT ${columns}`,
  from,
  lookUps: joins,
  orders: resultOrders("t"),
  toRow: readImageOfRow,
  imageSha256Of: ({ image }) => image.sha256,
};
const own = { total: "trajectories" } as const;

/** Across all runs of a workspace. */
export function listTrajectoryResults(
  connection: Connection,
  list: ResultList & { readonly page: PageRequest },
): Promise<Page<TrajectoryRecord>> {
  return listResults(connection, table, list, own);
}

export function countTrajectoryResults(request: CountRequest, list: ResultList): Promise<number> {
  return countResults(request, table, list, own);
}

/** The first `limit` trajectories of each configuration, by start and class. */
export async function findTrajectoriesOfConfigurations(
  connection: Connection,
  { configurations, limit }: { readonly configurations: readonly ConfigurationAddress[]; readonly limit: number },
): Promise<TrajectoryRecord[][]> {
  const runIds = configurations.map(({ runId }) => runId);
  const indexes = configurations.map(({ index }) => index);
  const rows = await connection.$queryRaw<RawTrajectory[]>(Prisma.sql`
    SELECT ${columns}
    FROM unnest(${runIds}::text[], ${indexes}::int[]) AS wanted (run_id, configuration)
    JOIN ${liveRuns} r ON r.id = wanted.run_id
    JOIN models m ON m.id = r.model_id
    CROSS JOIN LATERAL (
      SELECT * FROM trajectories c WHERE c.run_id = wanted.run_id AND c.configuration = wanted.configuration
      ORDER BY c.start, c.class LIMIT ${limit}
    ) t
    ORDER BY t.run_id, t.configuration, t.start, t.class`);
  const keyOf = (runId: string, index: number): string => `${runId} ${index}`;
  return groupInOrderOf(
    configurations.map(({ runId, index }) => keyOf(runId, index)),
    rows.map(readImageOfRow),
    (row) => keyOf(row.runId, row.configuration),
  );
}

/** Each run's most confident trajectory of every class, at most `limit`, by confidence. */
export async function findBestTrajectories(
  connection: Connection,
  { runIds, limit }: { readonly runIds: readonly string[]; readonly limit: number },
): Promise<TrajectoryRecord[][]> {
  const rows = await connection.$queryRaw<RawTrajectory[]>(Prisma.sql`
    SELECT ${columns}
    FROM unnest(${[...runIds]}::text[]) AS wanted (run_id)
    CROSS JOIN LATERAL (
      SELECT top.id FROM (
        SELECT DISTINCT ON (c.class) c.id, c.class, c.stored_confidence FROM trajectories c WHERE c.run_id = wanted.run_id
        ORDER BY c.class, c.stored_confidence DESC, c.configuration, c.start
      ) top ORDER BY top.stored_confidence DESC, top.class LIMIT ${limit}
    ) best
    JOIN trajectories t ON t.id = best.id JOIN ${liveRuns} r ON r.id = t.run_id JOIN models m ON m.id = r.model_id
    ORDER BY t.run_id, t.stored_confidence DESC, t.class`);
  return groupInOrderOf(runIds, rows.map(readImageOfRow), (row) => row.runId);
}

export function countTrajectories(request: CountRequest, filter: TrajectoryListFilter): Promise<number> {
  return countRows(request, from, conditionsOf(filter));
}

export async function findTrajectories(connection: Connection, ids: readonly string[]): Promise<(TrajectoryRecord | null)[]> {
  const rows = await connection.$queryRaw<RawTrajectory[]>(Prisma.sql`${select} WHERE t.id = ANY (${[...ids]})`);
  return inOrderOf(ids, rows.map(readImageOfRow), (row) => row.id);
}

export async function findTrajectoryCurves(connection: Connection, ids: readonly string[]): Promise<(TrajectoryCurveRecord | null)[]> {
  const rows = await connection.$queryRaw<TrajectoryCurveRecord[]>`
    SELECT t.id AS "trajectoryId", r.workspace_id AS "workspaceId", r.created_by_id AS "createdById", ${sharingOfRun}, t.curve_steps AS steps, t.curve_confidences AS confidences,
      t.curve_stored_confidences AS "storedConfidences", t.curve_norms AS norms
    FROM trajectories t JOIN ${liveRuns} r ON r.id = t.run_id WHERE t.id = ANY (${[...ids]})`;
  return inOrderOf(ids, rows, (row) => row.trajectoryId);
}

/** The milestones of each trajectory, by level. */
export async function findTrajectoryMilestones(
  connection: Connection,
  trajectoryIds: readonly string[],
): Promise<TrajectoryMilestoneRecord[][]> {
  const rows = await connection.trajectoryMilestone.findMany({
    where: { trajectoryId: { in: [...trajectoryIds] } },
    orderBy: { level: "asc" },
  });
  return groupInOrderOf(trajectoryIds, rows, (row) => row.trajectoryId);
}
