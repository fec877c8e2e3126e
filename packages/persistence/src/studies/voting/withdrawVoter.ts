/** Removes everything that a voter left in a study. What remains is the number, so that those of the other voters stay as they are. */

import { Prisma } from "../../generated/client.ts";
import { clearRecognition } from "../../lab/recognition/writeRecognition.ts";
import { studyVotesChannel } from "../../lab/scores/markRescored.ts";
import type { Transaction } from "../../server/database/database.ts";
import { forgetTexts } from "../textCodes/writeTextCodes.ts";
import { lockVoter } from "./undoVote.ts";
import { counts } from "./voteCounters.ts";
import { forgetAttemptsOfVoter } from "./voterAttempts.ts";

/** @returns the number of votes removed, skipped trials included. @throws AppError CONFLICT for a voter who has withdrawn. */
export async function withdrawVoter({ connection }: Transaction, voterId: string): Promise<number> {
  await lockVoter(connection, voterId);
  const { studyId } = await connection.studyVoter.findUniqueOrThrow({ where: { id: voterId }, select: { studyId: true } });
  const { tallySequence } = await connection.study.update({
    where: { id: studyId },
    data: { tallySequence: { increment: 1 } },
    select: { tallySequence: true },
  });
  const [removed] = await connection.$queryRaw<{ readonly all: number; readonly counted: number; readonly images: readonly number[] }[]>`
    WITH removed AS (
      DELETE FROM votes WHERE voter_id = ${voterId} RETURNING study_id, item, agrees, ${counts} AS counts
    ), tally AS (
      SELECT study_id, item, count(*)::int AS votes, count(*) FILTER (WHERE agrees)::int AS agreeing
      FROM removed WHERE counts GROUP BY study_id, item
    ), image AS (
      UPDATE study_images i SET votes = i.votes - t.votes, agreeing = i.agreeing - t.agreeing, tally_sequence = ${tallySequence}::int
      FROM tally t WHERE i.study_id = t.study_id AND i.role = 'COUNTED' AND i.index = t.item
    )
    SELECT count(*)::int AS "all", count(*) FILTER (WHERE counts)::int AS counted,
      coalesce(array_agg(DISTINCT item) FILTER (WHERE counts), '{}') AS images
    FROM removed`;
  await clearRecognition(connection, { studyId, indices: removed?.images ?? [] });
  await connection.voteRevision.deleteMany({ where: { voterId } });
  await forgetTexts(connection, studyId);
  await forgetAttemptsOfVoter(connection, voterId);
  const now = new Date();
  await connection.studyVoter.update({
    where: { id: voterId },
    data: {
      userId: null,
      insider: false,
      still: false,
      sessionHash: null,
      withdrawalHash: null,
      clientHash: null,
      idempotencyKey: null,
      screen: Prisma.DbNull,
      items: [],
      trialCount: 0,
      undone: 0,
      language: "",
      joinedAt: now,
      leaseExpiresAt: now,
      confirmedAt: null,
      anonymous: false,
      imageKey: null,
      finishedAt: null,
      withdrawnAt: now,
    },
  });
  await connection.$executeRaw`UPDATE study_voters SET trial_leases = '{}' WHERE id = ${voterId}`;
  await connection.study.update({ where: { id: studyId }, data: { voteCount: { decrement: removed?.counted ?? 0 } } });
  // With the study locked, no vote arrives between the search for the latest one and the update.
  await connection.$executeRaw`
    UPDATE studies SET last_vote_at = (SELECT max(received_at) FROM votes WHERE study_id = ${studyId} AND ${counts}) WHERE id = ${studyId}`;
  await connection.studyResult.deleteMany({ where: { studyId } });
  await connection.$executeRaw`SELECT pg_notify(${studyVotesChannel}, ${studyId})`;
  return removed?.all ?? 0;
}
