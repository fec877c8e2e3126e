/** Takes back a voter's latest vote: it becomes a revision, and the counters go back. */
import { AppError } from "@pareidolia/core/appError";
import type { Connection, Transaction } from "../database/database.ts";
import { studyVotesChannel } from "../studies/studyTallies.ts";
import { counts, leaseSeconds, outdated } from "./voteCounters.ts";

interface LockedVoter {
  readonly finishedAt: Date | null;
}

/** Locks the voter's row until the transaction ends. @throws AppError CONFLICT for a voter who withdrew. */
export async function lockVoter(connection: Connection, voterId: string): Promise<LockedVoter> {
  const [voter] = await connection.$queryRaw<LockedVoter[]>`
    SELECT finished_at AS "finishedAt" FROM study_voters WHERE id = ${voterId} AND withdrawn_at IS NULL FOR NO KEY UPDATE`;
  if (voter === undefined) throw new AppError("CONFLICT", "You have withdrawn from this study.");
  return voter;
}

/** Nothing changes if the vote was taken back before. @throws AppError CONFLICT unless it is the voter's latest one, and before the end. */
export async function undoVote(
  { connection }: Transaction,
  { voterId, trial }: { readonly voterId: string; readonly trial: number },
): Promise<void> {
  const { finishedAt } = await lockVoter(connection, voterId);
  if (finishedAt !== null) throw new AppError("CONFLICT", "You have finished this study. Its votes stay as they are.");
  const stored = await connection.vote.findUnique({ where: { voterId_trial: { voterId, trial } }, select: { trial: true } });
  if (stored === null) {
    if ((await connection.voteRevision.count({ where: { voterId, trial } })) > 0) return;
    throw new AppError("CONFLICT", "This trial has no vote to take back.");
  }
  const latest = await connection.vote.findFirst({ where: { voterId }, orderBy: [{ receivedAt: "desc" }, { trial: "desc" }] });
  if (latest?.trial !== trial) throw new AppError("CONFLICT", "Only your latest vote can be taken back.");
  await connection.$executeRaw`
    WITH undone AS (
      DELETE FROM votes WHERE voter_id = ${voterId} AND trial = ${trial}::int RETURNING *, ${counts} AS counts
    ), revision AS (
      INSERT INTO vote_revisions (voter_id, trial, revision, submission_id, answer, response_ms, timing, voted_at)
      SELECT voter_id, trial, 1 + (SELECT count(*) FROM vote_revisions r WHERE r.voter_id = ${voterId} AND r.trial = ${trial}::int),
        submission_id, answer, response_ms, timing, voted_at
      FROM undone
    ), voter AS (
      UPDATE study_voters SET undone = undone + 1, lease_expires_at = now() + ${leaseSeconds} * interval '1 second'
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
