/**
 * The stored counts of what voters without an account attempt in a study, and how they are deleted. A network's name is a keyed hash; with
 * the voter's row, it serves to take the voter's own attempts off the count. It is deleted when the voter withdraws, when the study closes,
 * and by an hourly clean-up once the count is over.
 */
import type { Connection } from "../../server/database/database.ts";

export function joinAttempts(studyId: string, clientHash: string): string {
  return `study-join of ${studyId} from ${clientHash}`;
}

export function voteAttempts(studyId: string, voterId: string): string {
  return `study-vote in ${studyId} of ${voterId}`;
}

/** Takes one attempt off a count, which is deleted with the last one. */
export async function takeBackAttempt(connection: Connection, key: string): Promise<void> {
  await connection.rateLimit.deleteMany({ where: { key, attempts: { lte: 1 } } });
  await connection.rateLimit.updateMany({ where: { key }, data: { attempts: { decrement: 1 } } });
}

/** Before the voter's row is emptied. Others of the same network stay counted. */
export async function forgetAttemptsOfVoter(connection: Connection, voterId: string): Promise<void> {
  const { studyId, clientHash } = await connection.studyVoter.findUniqueOrThrow({ where: { id: voterId } });
  if (clientHash !== null) await takeBackAttempt(connection, joinAttempts(studyId, clientHash));
  await connection.rateLimit.deleteMany({ where: { key: voteAttempts(studyId, voterId) } });
}

/** All counts of a study, and the networks in its voters' rows. */
export async function forgetAttemptsOfStudy(connection: Connection, studyId: string): Promise<void> {
  await connection.studyVoter.updateMany({ where: { studyId, clientHash: { not: null } }, data: { clientHash: null } });
  const prefixes = [joinAttempts(studyId, ""), voteAttempts(studyId, "")];
  await connection.rateLimit.deleteMany({ where: { OR: prefixes.map((startsWith) => ({ key: { startsWith } })) } });
}
