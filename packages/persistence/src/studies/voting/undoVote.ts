/** Takes back a voter's latest vote: it becomes a revision, and the counters go back. */
import { AppError } from "@pareidolia/core/appError";
import { Prisma } from "../../generated/client.ts";
import { studyVotesChannel } from "../../lab/scores/markRescored.ts";
import type { Connection, Transaction } from "../../server/database/database.ts";
import { placeAfter } from "./places.ts";
import { counts, outdated } from "./voteCounters.ts";

interface LockedVoter {
  readonly studyId: string;
  readonly finishedAt: Date | null;
}

/** Locks the voter's row until the transaction ends. @throws AppError CONFLICT for a voter who withdrew. */
export async function lockVoter(connection: Connection, voterId: string): Promise<LockedVoter> {
  const [voter] = await connection.$queryRaw<LockedVoter[]>`
    SELECT study_id AS "studyId", finished_at AS "finishedAt" FROM study_voters WHERE id = ${voterId} AND withdrawn_at IS NULL FOR NO KEY UPDATE`;
  if (voter === undefined) throw new AppError("CONFLICT", "You have withdrawn from this study.");
  return voter;
}

/**
 * @returns whether the study is open.
 * @throws AppError CONFLICT for a study that is paused, and for one that closed before the time or whose voter's lease has ended, also if it
 * was open when the request arrived.
 */
async function lockStudy(connection: Connection, { voterId, undoneAt }: VoteToUndo): Promise<boolean> {
  const [locked] = await connection.$queryRaw<{ readonly open: boolean }[]>`
    SELECT s.state = 'OPEN' AS open FROM study_voters v JOIN studies s ON s.id = v.study_id
    WHERE v.id = ${voterId} AND (s.state = 'OPEN'
      OR (s.state <> 'PAUSED' AND s.closed_at >= ${undoneAt}::timestamptz AND v.lease_expires_at >= now()))
    FOR NO KEY UPDATE OF s`;
  if (locked === undefined) throw new AppError("CONFLICT", "This study takes no votes now, so none can be taken back.");
  return locked.open;
}

interface VoteToUndo {
  readonly voterId: string;
  readonly trial: number;
  /** When the voter took it back, for a study that closed later; null if that does not count once the study has closed. */
  readonly undoneAt: Date | null;
}

/**
 * Nothing changes if the vote was taken back before. @throws AppError CONFLICT unless it is the voter's latest one, and before the end of the
 * voter and of the study.
 */
export async function undoVote({ connection }: Transaction, vote: VoteToUndo): Promise<void> {
  const { voterId, trial } = vote;
  const { finishedAt } = await lockVoter(connection, voterId);
  if (finishedAt !== null) throw new AppError("CONFLICT", "You have finished this study. Its votes stay as they are.");
  const isOpen = await lockStudy(connection, vote);
  const stored = await connection.vote.findUnique({ where: { voterId_trial: { voterId, trial } }, select: { trial: true } });
  if (stored === null) {
    if ((await connection.voteRevision.count({ where: { voterId, trial } })) > 0) return;
    throw new AppError("CONFLICT", "This trial has no vote to take back.");
  }
  const latest = await connection.vote.findFirst({ where: { voterId }, orderBy: [{ receivedAt: "desc" }, { trial: "desc" }] });
  if (latest?.trial !== trial) throw new AppError("CONFLICT", "Only your latest vote can be taken back.");
  // The statement still sees the vote that it removes.
  const answers = Prisma.sql`(SELECT count(*) FROM votes a WHERE a.voter_id = ${voterId} AND a.trial <> ${trial}::int AND a.answer IS NOT NULL)`;
  await connection.$executeRaw`
    WITH undone AS (
      DELETE FROM votes WHERE voter_id = ${voterId} AND trial = ${trial}::int RETURNING *, ${counts} AS counts
    ), revision AS (
      INSERT INTO vote_revisions (voter_id, trial, revision, submission_id, answer, response_ms, timing, voted_at)
      SELECT voter_id, trial, 1 + (SELECT count(*) FROM vote_revisions r WHERE r.voter_id = ${voterId} AND r.trial = ${trial}::int),
        submission_id, answer, response_ms, timing, voted_at
      FROM undone
    ), voter AS (
      UPDATE study_voters SET undone = undone + 1${isOpen ? Prisma.sql`, ${placeAfter(answers)}` : Prisma.empty}
      WHERE id IN (SELECT voter_id FROM undone)
    ), locked AS (
      SELECT id FROM studies WHERE id IN (SELECT study_id FROM undone) FOR NO KEY UPDATE
    ), study AS (
      UPDATE studies s SET vote_count = s.vote_count - 1, tally_sequence = s.tally_sequence + 1
      FROM undone v, locked WHERE v.counts AND s.id = locked.id RETURNING s.id, s.tally_sequence
    ), image AS (
      UPDATE study_images i SET votes = i.votes - 1, agreeing = i.agreeing - coalesce(v.agrees, false)::int,
        tally_sequence = study.tally_sequence
      FROM undone v, study WHERE i.study_id = study.id AND i.role = 'COUNTED' AND i.index = v.item
    ), result AS (
      UPDATE study_results r SET vote_count = ${outdated} FROM locked WHERE r.study_id = locked.id
    )
    SELECT CASE WHEN counts THEN pg_notify(${studyVotesChannel}, study_id)::text END FROM undone`;
}
