/**
 * Stores a vote with everything that follows from it, in one statement: the counters of the image and the study, the voter's lease, and the
 * notification. The primary key of `votes` keeps one vote for each trial, whatever number of requests race for it.
 */
import { AppError } from "@pareidolia/core/appError";
import type { StudyImageRole } from "@pareidolia/core/studyState";
import type { Connection } from "../database/database.ts";
import { studyVotesChannel } from "../studies/studyTallies.ts";
import { counts, leaseSeconds, outdated } from "./voteCounters.ts";

export interface NewVote {
  readonly voterId: string;
  readonly trial: number;
  readonly role: StudyImageRole;
  /** Index of the image in its role. */
  readonly item: number;
  readonly submissionId: string;
  /** Perception's Answer; null for a skipped trial. */
  readonly answer: object | null;
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
 * A submission that was taken back is not stored again. The row lock returns the voter's latest row, but the statement sees the votes taken
 * back before it started: it inserts only if their number is the one in the voter's row.
 */
async function insertVote(connection: Connection, vote: NewVote): Promise<boolean> {
  const { voterId, trial, role, item, submissionId, answer, agrees, responseMs, timing, votedAt } = vote;
  const inserted = await connection.$queryRaw<object[]>`
    WITH voter AS (
      SELECT id, study_id, undone FROM study_voters
      WHERE id = ${voterId} AND withdrawn_at IS NULL AND finished_at IS NULL FOR NO KEY UPDATE
    ), inserted AS (
      INSERT INTO votes (voter_id, trial, study_id, role, item, submission_id, answer, agrees, response_ms, timing, voted_at)
      SELECT id, ${trial}::int, study_id, ${role}::text::"StudyImageRole", ${item}::int, ${submissionId},
        ${answer === null ? null : JSON.stringify(answer)}::jsonb, ${agrees}::boolean, ${responseMs}::double precision,
        ${timing === null ? null : JSON.stringify(timing)}::jsonb, ${votedAt}::timestamptz
      FROM voter
      WHERE undone = (SELECT count(*) FROM vote_revisions r WHERE r.voter_id = ${voterId})
        AND NOT EXISTS (
          SELECT FROM vote_revisions r WHERE r.voter_id = ${voterId} AND r.trial = ${trial}::int AND r.submission_id = ${submissionId})
      ON CONFLICT (voter_id, trial) DO NOTHING
      RETURNING voter_id, study_id, item, agrees, ${counts} AS counts
    ), locked AS (
      SELECT id FROM studies WHERE id IN (SELECT study_id FROM inserted) FOR NO KEY UPDATE
    ), study AS (
      UPDATE studies s SET vote_count = s.vote_count + 1, last_vote_at = now(), tally_sequence = s.tally_sequence + 1
      FROM inserted v, locked WHERE v.counts AND s.id = locked.id RETURNING s.id, s.tally_sequence
    ), image AS (
      UPDATE study_images i SET votes = i.votes + 1, agreeing = i.agreeing + coalesce(v.agrees, false)::int,
        tally_sequence = study.tally_sequence
      FROM inserted v, study WHERE i.study_id = study.id AND i.role = 'COUNTED' AND i.index = v.item
    ), lease AS (
      UPDATE study_voters SET lease_expires_at = now() + ${leaseSeconds} * interval '1 second' WHERE id IN (SELECT voter_id FROM inserted)
    ), result AS (
      UPDATE study_results r SET vote_count = ${outdated} FROM inserted v, locked WHERE NOT v.counts AND r.study_id = locked.id
    )
    SELECT CASE WHEN counts THEN pg_notify(${studyVotesChannel}, study_id)::text END AS notified FROM inserted`;
  return inserted.length > 0;
}

/** Why a vote was not stored, although the trial has none. @throws AppError CONFLICT for a voter who has finished or withdrawn. */
async function isTakenBack(connection: Connection, { voterId, trial, submissionId }: NewVote): Promise<boolean> {
  const [voter] = await connection.$queryRaw<{ readonly finished: boolean; readonly takenBack: boolean }[]>`
    SELECT finished_at IS NOT NULL AS finished, EXISTS (
      SELECT FROM vote_revisions r WHERE r.voter_id = v.id AND r.trial = ${trial}::int AND r.submission_id = ${submissionId}) AS "takenBack"
    FROM study_voters v WHERE v.id = ${voterId} AND v.withdrawn_at IS NULL`;
  if (voter === undefined) throw new AppError("CONFLICT", "You have withdrawn from this study.");
  if (voter.finished && !voter.takenBack) throw new AppError("CONFLICT", "You have finished this study. Its votes stay as they are.");
  return voter.takenBack;
}

/**
 * @returns whether this submission is the trial's vote; false if an earlier one is, or the voter has taken this one back.
 * @throws AppError CONFLICT for a voter who has finished or withdrawn.
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

/**
 * Stores votes of one voter in their order, each as `castVote` does. Reads first which trials have a vote, so that a repeated request takes
 * one statement, and a new one a statement for each vote.
 * @returns the trials whose vote is the submission given here.
 * @throws AppError as `castVote`. The votes before the one that is refused are stored.
 */
export async function castVotes(connection: Connection, voterId: string, votes: readonly Omit<NewVote, "voterId">[]): Promise<number[]> {
  const trials = votes.map(({ trial }) => trial);
  const stored = await findSubmissions(connection, voterId, trials);
  const recorded: number[] = [];
  for (const vote of votes) {
    const { trial, submissionId } = vote;
    const earlier = stored.get(trial);
    if (earlier === undefined ? await castVote(connection, { ...vote, voterId }) : earlier === submissionId) {
      stored.set(trial, submissionId);
      recorded.push(trial);
    }
  }
  return recorded;
}
