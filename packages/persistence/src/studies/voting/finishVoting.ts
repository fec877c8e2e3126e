/** Ends a voter's session: from then on, its votes stay as they are, and the voter learns the result of the gold trials. */
import { AppError } from "@pareidolia/core/appError";
import type { Transaction } from "../../server/database/database.ts";
import { lockVoter } from "./undoVote.ts";
import { outdated } from "./voteCounters.ts";

/** Nothing changes for a voter who has finished. @throws AppError CONFLICT while a trial is neither answered nor skipped. */
export async function finishVoting({ connection }: Transaction, voterId: string): Promise<void> {
  const { finishedAt } = await lockVoter(connection, voterId);
  if (finishedAt !== null) return;
  const answered = await connection.vote.count({ where: { voterId } });
  const { studyId, trialCount } = await connection.studyVoter.findUniqueOrThrow({ where: { id: voterId } });
  const open = trialCount - answered;
  if (open > 0)
    throw new AppError(
      "CONFLICT",
      open === 1 ? "One trial is open. Answer or skip it first." : `${open} trials are open. Answer or skip them first.`,
    );
  await connection.studyVoter.update({ where: { id: voterId }, data: { finishedAt: new Date() } });
  // As the job that stores results does, so that neither waits for rows of the other.
  await connection.$queryRaw`SELECT id FROM studies WHERE id = ${studyId} FOR NO KEY UPDATE`;
  await connection.studyResult.updateMany({ where: { studyId }, data: { voteCount: outdated } });
}
