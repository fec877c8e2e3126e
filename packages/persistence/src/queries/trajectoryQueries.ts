/** Reads what an ascent left behind: a trajectory a class and start, its curve, and the pictures at its milestones. */
import type { Connection } from "../database.ts";
import { Prisma } from "../generated/client.ts";
import { countRows, groupInOrderOf, inOrderOf, type Page, type PageRequest, selectPage } from "./keyset.ts";

export interface TrajectoryRecord {
  readonly id: string;
  readonly workspaceId: string;
  readonly runId: string;
  readonly class: number;
  readonly label: string;
  readonly start: number;
  readonly step: number;
  readonly ended: boolean;
  readonly confidence: number;
  readonly storedConfidence: number;
  readonly imageSha256: string;
  readonly curveSteps: readonly number[];
  readonly curveConfidences: readonly number[];
  readonly curveStoredConfidences: readonly number[];
  readonly curveNorms: readonly number[];
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
  readonly runId: string;
  readonly classes?: readonly number[] | undefined;
}

const from = Prisma.sql`FROM trajectories t JOIN runs r ON r.id = t.run_id JOIN models m ON m.id = r.model_id`;

const select = Prisma.sql`
  SELECT t.id, r.workspace_id AS "workspaceId", t.run_id AS "runId", t.class, coalesce(m.labels[t.class + 1], t.class::text) AS label,
    t.start, t.step, t.ended, t.confidence, t.stored_confidence AS "storedConfidence", t.image_sha256 AS "imageSha256",
    t.curve_steps AS "curveSteps", t.curve_confidences AS "curveConfidences", t.curve_stored_confidences AS "curveStoredConfidences",
    t.curve_norms AS "curveNorms"
  ${from}`;

function conditionsOf({ runId, classes }: TrajectoryListFilter): Prisma.Sql[] {
  const conditions = [Prisma.sql`t.run_id = ${runId}`];
  if (classes !== undefined) conditions.push(Prisma.sql`t.class = ANY (${[...classes]}::int[])`);
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
        { sql: Prisma.sql`t.class`, type: "integer" },
        { sql: Prisma.sql`t.start`, type: "integer" },
      ],
      direction: "ASC",
    },
    page: input.page,
    toRow: (row) => row,
    positionOf: (row) => [row.class, row.start],
  });
}

export function countTrajectories(connection: Connection, filter: TrajectoryListFilter): Promise<number> {
  return countRows(connection, from, conditionsOf(filter));
}

export async function findTrajectories(connection: Connection, ids: readonly string[]): Promise<(TrajectoryRecord | null)[]> {
  const rows = await connection.$queryRaw<TrajectoryRecord[]>(Prisma.sql`${select} WHERE t.id = ANY (${[...ids]})`);
  return inOrderOf(ids, rows, (row) => row.id);
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
