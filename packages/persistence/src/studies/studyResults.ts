/**
 * The computed results of studies. Votes arrive while results are computed, so a result is stored with the number of votes that it is of,
 * and never over one that was computed from later votes.
 */
import type { Connection, Transaction } from "../database/database.ts";

/** What results are computed from, and at which moment its votes were read. */
export interface ResultSource {
  readonly studyId: string;
  readonly planText: string;
  readonly planHash: string;
  /** Counted votes. */
  readonly voteCount: number;
  /** By the database's clock. */
  readonly readAt: Date;
  /** A text that changes whenever any voter or vote of the study changes. */
  readonly state: string;
  /** Voters who have withdrawn. */
  readonly withdrawn: number;
  /** Counted images, in the plan's order. */
  readonly images: readonly { readonly confidence: number | null; readonly source: string }[];
}

/** The study's votes as one text, and the number of voters who withdrew. */
export type VoteState = Pick<ResultSource, "state" | "withdrawn">;

export async function findVoteState(connection: Connection, studyId: string): Promise<VoteState> {
  const [found] = await connection.$queryRaw<VoteState[]>`
    SELECT concat_ws(' ', v.voters, v.withdrawn, v.undone, v.finished, x.votes, x.latest) AS state, v.withdrawn
    FROM (SELECT count(*) AS voters, count(withdrawn_at)::int AS withdrawn, sum(undone) AS undone, count(finished_at) AS finished
        FROM study_voters WHERE study_id = ${studyId}) v,
      (SELECT count(*) AS votes, max(received_at) AS latest FROM votes WHERE study_id = ${studyId}) x`;
  return found as VoteState;
}

/** Null for a draft, an unknown study, and a study of a deleted workspace. */
export async function findResultSource(connection: Connection, studyId: string): Promise<ResultSource | null> {
  const [study] = await connection.$queryRaw<Omit<ResultSource, "images" | keyof VoteState>[]>`
    SELECT s.id AS "studyId", s.plan_text AS "planText", s.plan_hash AS "planHash", s.vote_count AS "voteCount", clock_timestamp() AS "readAt"
    FROM studies s JOIN workspaces w ON w.id = s.workspace_id
    WHERE s.id = ${studyId} AND s.plan_text IS NOT NULL AND w.deleted_at IS NULL`;
  if (study === undefined) return null;
  const state = await findVoteState(connection, studyId);
  const images = await connection.studyImage.findMany({
    where: { studyId, role: "COUNTED" },
    select: { confidence: true, source: true },
    orderBy: { index: "asc" },
  });
  return { ...study, ...state, images };
}

/** The number of votes of a result that is known to be outdated. */
const outdated = -1;

export interface ComputedResult {
  readonly kind: string;
  /** JSON. */
  readonly text: string;
}

/**
 * Stores results, unless there are some of votes that were read later, or a voter has withdrawn since: then they contain what that voter
 * left. If votes have changed in a way that the number of votes does not show, they are stored as outdated.
 * @returns whether they were stored as current.
 */
export async function storeStudyResults(
  { connection }: Transaction,
  source: Pick<ResultSource, "studyId" | "voteCount" | "readAt" | "state" | "withdrawn">,
  results: readonly ComputedResult[],
): Promise<boolean> {
  const { studyId, voteCount, readAt } = source;
  // A withdrawal locks the study before it deletes the results, so it comes before this transaction or deletes what this one stores.
  const [study] = await connection.$queryRaw<{ readonly voteCount: number }[]>`
    SELECT vote_count AS "voteCount" FROM studies WHERE id = ${studyId} FOR NO KEY UPDATE`;
  if (study === undefined) return false;
  const now = await findVoteState(connection, studyId);
  if (now.withdrawn !== source.withdrawn) return false;
  const isCurrent = now.state === source.state;
  const count = !isCurrent && study.voteCount === voteCount ? outdated : voteCount;
  for (const { kind, text } of results)
    await connection.$executeRaw`
      INSERT INTO study_results (study_id, kind, vote_count, result, computed_at)
      VALUES (${studyId}, ${kind}, ${count}, ${text}::jsonb, ${readAt}::timestamptz)
      ON CONFLICT (study_id, kind) DO UPDATE
        SET vote_count = excluded.vote_count, result = excluded.result, computed_at = excluded.computed_at
        WHERE study_results.computed_at <= excluded.computed_at`;
  return isCurrent;
}

export interface StudyResultRecord {
  readonly kind: string;
  /** Counted votes when it was computed; -1 if answers have changed since in a way that this number does not show. */
  readonly voteCount: number;
  /** Perception's StudyResult of this kind. */
  readonly result: unknown;
  /** When its votes were read. */
  readonly computedAt: Date;
}

/** The results of a study, by kind; none before the first computation. */
export function findStudyResults(
  connection: Connection,
  { studyId, kinds }: { readonly studyId: string; readonly kinds: readonly string[] },
): Promise<StudyResultRecord[]> {
  return connection.studyResult.findMany({
    where: { studyId, kind: { in: [...kinds] } },
    select: { kind: true, voteCount: true, result: true, computedAt: true },
    orderBy: { kind: "asc" },
  });
}

const mostAtOnce = 100;
/** A million votes take half a minute to compute, so large studies wait between two computations, but not longer than the second number. */
const votesPerSecondOfPause = 5_000;
const longestPauseSeconds = 300;

/**
 * Opened studies that lack a result of one of these kinds, or whose results are not of their present votes; oldest votes first. After a
 * computation, a study of many votes pauses.
 * @param among only these studies; default: all.
 */
export async function findStudiesToCompute(
  { connection }: Transaction,
  kinds: readonly string[],
  among?: readonly string[],
): Promise<readonly string[]> {
  const found = await connection.$queryRaw<{ id: string }[]>`
    SELECT s.id FROM studies s JOIN workspaces w ON w.id = s.workspace_id CROSS JOIN LATERAL (
      SELECT count(*) AS stored, count(*) FILTER (WHERE r.vote_count = s.vote_count) AS current, max(r.computed_at) AS latest
      FROM study_results r WHERE r.study_id = s.id AND r.kind = ANY (${[...kinds]}::text[])) r
    WHERE s.plan_text IS NOT NULL AND w.deleted_at IS NULL
      AND (${among === undefined}::boolean OR s.id = ANY (${[...(among ?? [])]}::text[])) AND (r.stored < ${kinds.length} OR (r.current < r.stored
      AND r.latest < now() - least(${longestPauseSeconds}, s.vote_count / ${votesPerSecondOfPause}) * interval '1 second'))
    ORDER BY s.last_vote_at, s.id LIMIT ${mostAtOnce}`;
  return found.map(({ id }) => id);
}
