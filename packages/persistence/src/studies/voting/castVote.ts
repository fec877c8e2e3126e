/**
 * Stores a vote with everything that follows from it, in one statement: the counters of the image and the study, the voter's lease, and the
 * notification. The primary key of `votes` keeps one vote for each trial, whatever number of requests race for it.
 */
import { AppError } from "@pareidolia/core/appError";
import type { StudyImageRole } from "@pareidolia/core/studyState";
import { Prisma } from "../../generated/client.ts";
import { studyVotesChannel } from "../../lab/scores/markRescored.ts";
import type { Connection } from "../../server/database/database.ts";
import { placeAfter } from "./places.ts";
import { counts, outdated } from "./voteCounters.ts";

export interface NewVote {
  readonly voterId: string;
  readonly trial: number;
  readonly role: StudyImageRole;
  /** Index of the image in its role. */
  readonly item: number;
  /** Whether the voter has seen the counted image before in this phase. Such votes never count. */
  readonly repeated: boolean;
  readonly submissionId: string;
  /** Perception's Answer; null for a skipped trial. */
  readonly answer: object | null;
  /** Whether the time for the answer ended before it was given. */
  readonly timedOut: boolean;
  readonly agrees: boolean | null;
  readonly responseMs: number | null;
  readonly timing: object | null;
  readonly votedAt: Date;
}

/** Attempts until one sees every vote that was taken back. One is enough unless the voter takes back a vote at this moment. */
const attempts = 5;

/** Of these trials, those with a vote, and the submission that it is. */
async function findSubmissions(connection: Connection, voterId: string, trials: readonly number[]): Promise<Map<number, string>> {
  const stored = await connection.$queryRaw<{ readonly trial: number; readonly submissionId: string }[]>`
    SELECT trial, submission_id AS "submissionId" FROM votes WHERE voter_id = ${voterId} AND trial = ANY (${[...trials]}::int[])`;
  return new Map(stored.map(({ trial, submissionId }) => [trial, submissionId]));
}

/**
 * The study may be paused or closed while the vote waits for its row. A closed one takes only votes within the leases of the trial, which the
 * voter had received before, and of the voter, by this server's clock; by the voter's clock, they were cast before, too; and none of insiders.
 * A submission that was taken back is not stored again. The row lock returns the voter's latest row, but the statement sees the votes taken
 * back before it started: it inserts only if their number is the one in the voter's row.
 */
async function insertVote(connection: Connection, vote: NewVote): Promise<boolean> {
  const { voterId, trial, role, item, repeated, submissionId, answer, timedOut, agrees, responseMs, timing, votedAt } = vote;
  // The statement does not see the vote that it inserts.
  const answers = Prisma.sql`((SELECT count(*) FROM votes a WHERE a.voter_id = ${voterId} AND a.answer IS NOT NULL) + ${answer === null ? 0 : 1}::int)`;
  const inserted = await connection.$queryRaw<object[]>`
    WITH voter AS (
      SELECT id, study_id, undone, insider, lease_expires_at, trial_leases FROM study_voters
      WHERE id = ${voterId} AND withdrawn_at IS NULL AND finished_at IS NULL FOR NO KEY UPDATE
    ), locked AS (
      SELECT s.id, s.state FROM voter v JOIN studies s ON s.id = v.study_id
      WHERE s.state = 'OPEN' OR (s.state <> 'PAUSED' AND s.closed_at >= ${votedAt}::timestamptz AND NOT v.insider
        AND v.trial_leases[${trial + 1}::int] >= now() AND v.lease_expires_at >= now())
      FOR NO KEY UPDATE OF s
    ), inserted AS (
      INSERT INTO votes (voter_id, trial, study_id, role, item, repeated, submission_id, answer, timed_out, agrees, response_ms, timing, voted_at)
      SELECT voter.id, ${trial}::int, locked.id, ${role}::text::"StudyImageRole", ${item}::int, ${repeated}::boolean, ${submissionId},
        ${answer === null ? null : JSON.stringify(answer)}::jsonb, ${timedOut}::boolean, ${agrees}::boolean, ${responseMs}::double precision,
        ${timing === null ? null : JSON.stringify(timing)}::jsonb, ${votedAt}::timestamptz
      FROM voter, locked
      WHERE undone = (SELECT count(*) FROM vote_revisions r WHERE r.voter_id = ${voterId})
        AND NOT EXISTS (
          SELECT FROM vote_revisions r WHERE r.voter_id = ${voterId} AND r.trial = ${trial}::int AND r.submission_id = ${submissionId})
      ON CONFLICT (voter_id, trial) DO NOTHING
      RETURNING voter_id, study_id, item, agrees, ${counts} AS counts
    ), study AS (
      UPDATE studies s SET vote_count = s.vote_count + 1, last_vote_at = now(), tally_sequence = s.tally_sequence + 1
      FROM inserted v, locked WHERE v.counts AND s.id = locked.id RETURNING s.id, s.tally_sequence
    ), image AS (
      UPDATE study_images i SET votes = i.votes + 1, agreeing = i.agreeing + coalesce(v.agrees, false)::int,
        tally_sequence = study.tally_sequence
      FROM inserted v, study WHERE i.study_id = study.id AND i.role = 'COUNTED' AND i.index = v.item
    ), lease AS (
      UPDATE study_voters SET ${placeAfter(answers)} FROM locked
      WHERE study_voters.id IN (SELECT voter_id FROM inserted) AND locked.state = 'OPEN'
    ), result AS (
      UPDATE study_results r SET vote_count = ${outdated} FROM inserted v, locked WHERE NOT v.counts AND r.study_id = locked.id
    )
    SELECT CASE WHEN counts THEN pg_notify(${studyVotesChannel}, study_id)::text END AS notified FROM inserted`;
  return inserted.length > 0;
}

/**
 * Why a vote was not stored, although the trial has none. @throws AppError CONFLICT for a voter who has finished or withdrawn, and if the study
 * was paused or closed meanwhile.
 */
async function isTakenBack(connection: Connection, { voterId, trial, submissionId }: NewVote): Promise<boolean> {
  const [voter] = await connection.$queryRaw<{ readonly finished: boolean; readonly takenBack: boolean; readonly open: boolean }[]>`
    SELECT s.state = 'OPEN' AS open, finished_at IS NOT NULL AS finished, EXISTS (
      SELECT FROM vote_revisions r WHERE r.voter_id = v.id AND r.trial = ${trial}::int AND r.submission_id = ${submissionId}) AS "takenBack"
    FROM study_voters v JOIN studies s ON s.id = v.study_id WHERE v.id = ${voterId} AND v.withdrawn_at IS NULL`;
  if (voter === undefined) throw new AppError("CONFLICT", "You have withdrawn from this study.");
  if (voter.finished && !voter.takenBack) throw new AppError("CONFLICT", "You have finished this study. Its votes stay as they are.");
  if (!voter.open && !voter.takenBack)
    throw new AppError("CONFLICT", "This study was paused or closed while the vote arrived. Send it again to see whether it still counts.");
  return voter.takenBack;
}

/**
 * @returns whether this submission is the trial's vote; false if an earlier one is, or the voter has taken this one back.
 * @throws AppError CONFLICT for a voter who has finished or withdrawn, and if the study was paused or closed meanwhile.
 */
export async function castVote(connection: Connection, vote: NewVote): Promise<boolean> {
  const { voterId, trial, submissionId } = vote;
  for (let attempt = 0; attempt < attempts; attempt++) {
    if (await insertVote(connection, vote)) return true;
    const stored = (await findSubmissions(connection, voterId, [trial])).get(trial);
    if (stored !== undefined) return stored === submissionId;
    if (await isTakenBack(connection, vote)) return false;
  }
  throw new AppError("CONFLICT", "The vote was taken back while it was stored. Vote again.");
}

export interface CastVotes {
  /** The trials whose vote is the submission given here. */
  readonly recorded: readonly number[];
  /** The trials whose submission was refused as too late. */
  readonly tooLate: readonly number[];
}

/** Called before the first vote is stored; says which of the new votes come too late. */
export type JudgeVotes = (votes: readonly NewVote[]) => Promise<ReadonlySet<NewVote>>;

/**
 * Stores votes of one voter in their order, each as `castVote` does. Reads first which trials have a vote, so that a repeated request takes
 * one statement whatever became of the study since, and a new one a statement for each vote.
 * @throws AppError as `castVote` and `judge`. The votes before the one that is refused are stored.
 */
export async function castVotes(
  connection: Connection,
  { voterId, votes, judge }: { readonly voterId: string; readonly votes: readonly NewVote[]; readonly judge: JudgeVotes },
): Promise<CastVotes> {
  const trials = votes.map(({ trial }) => trial);
  const stored = await findSubmissions(connection, voterId, trials);
  const fresh = votes.filter(({ trial }) => !stored.has(trial));
  const late = fresh.length === 0 ? new Set<NewVote>() : await judge(fresh);
  const recorded: number[] = [];
  for (const vote of votes) {
    const { trial, submissionId } = vote;
    const earlier = stored.get(trial);
    if (late.has(vote)) continue;
    if (earlier === undefined ? await castVote(connection, vote) : earlier === submissionId) {
      stored.set(trial, submissionId);
      recorded.push(trial);
    }
  }
  return { recorded, tooLate: [...late].map(({ trial }) => trial) };
}
