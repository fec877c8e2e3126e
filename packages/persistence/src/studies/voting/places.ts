/**
 * A voter's place in a study. Joining holds it for minutes, and the first answers confirm it: from then on, each vote holds the voter's images
 * for hours. A place that was held and not confirmed returns, to the images and to the number of voters without an account, and its voter may
 * take it again as long as the study has room.
 */
import { AppError } from "@pareidolia/core/appError";
import { Prisma } from "../../generated/client.ts";
import type { Connection, Transaction } from "../../server/database/database.ts";

/** Seconds for which joining holds a place, and each vote before the one that confirms it. Long enough for the instructions and the practice. */
export const holdSeconds = 900;
/** Seconds for which the images of an unfinished voter with a confirmed place are held after each vote. */
export const leaseSeconds = 7_200;
/** Answers that confirm a place, or fewer where a session has fewer trials. Skipped trials are no answers. */
export const confirmingAnswers = 3;

/** For statements with the columns of `study_voters`: whether the voter takes one of the places for voters without an account. */
export const takesPlace = Prisma.sql`(anonymous AND withdrawn_at IS NULL
  AND (confirmed_at IS NOT NULL OR finished_at IS NOT NULL OR lease_expires_at > now()))`;

/**
 * For an UPDATE of `study_voters` after a vote or an undo in an open study: the place and its lease by the voter's number of answers.
 * @param answers an SQL expression.
 */
export function placeAfter(answers: Prisma.Sql): Prisma.Sql {
  const confirmed = Prisma.sql`(${answers} >= least(${confirmingAnswers}, trial_count))`;
  return Prisma.sql`confirmed_at = CASE WHEN ${confirmed} THEN coalesce(confirmed_at, now()) END,
    lease_expires_at = now() + (CASE WHEN ${confirmed} THEN ${leaseSeconds}::int ELSE ${holdSeconds}::int END) * interval '1 second'`;
}

/** The places for voters without an account that are taken. */
export async function countTakenPlaces(connection: Connection, studyId: string): Promise<number> {
  const [row] = await connection.$queryRaw<{ readonly taken: number }[]>`
    SELECT count(*)::int AS taken FROM study_voters WHERE study_id = ${studyId} AND ${takesPlace}`;
  return row?.taken ?? 0;
}

export const placeTaken = (): AppError =>
  new AppError(
    "CONFLICT",
    `Your place was held for ${holdSeconds / 60} minutes, and others have taken all places since. Your answers so far are kept.`,
  );

/**
 * Holds the place of a voter again whose hold has ended before it was confirmed. Members need no place.
 * @param maxAnonymous places for voters without an account.
 * @throws AppError CONFLICT if all places are taken.
 */
export async function holdAgain(
  { connection }: Transaction,
  { voterId, maxAnonymous }: { readonly voterId: string; readonly maxAnonymous: number },
): Promise<void> {
  const [voter] = await connection.$queryRaw<{ readonly studyId: string }[]>`
    SELECT study_id AS "studyId" FROM study_voters
    WHERE id = ${voterId} AND anonymous AND withdrawn_at IS NULL AND NOT ${takesPlace} FOR NO KEY UPDATE`;
  if (voter === undefined) return;
  // Joining locks the study, too, so that places are counted one after the other.
  await connection.$queryRaw`SELECT id FROM studies WHERE id = ${voter.studyId} FOR NO KEY UPDATE`;
  if ((await countTakenPlaces(connection, voter.studyId)) >= maxAnonymous) throw placeTaken();
  await connection.$executeRaw`
    UPDATE study_voters SET lease_expires_at = now() + ${holdSeconds}::int * interval '1 second' WHERE id = ${voterId}`;
}

/** Seconds that the lease of a trial adds to `holdSeconds` for each unanswered trial that the voter sees up to it. */
const secondsOfTrial = 60;

/** Finds the trials with a running lease: the voter's browser received them while the study took votes. */
export async function findLeasedTrials(connection: Connection, voterId: string, trials: readonly number[]): Promise<ReadonlySet<number>> {
  const rows = await connection.$queryRaw<{ readonly trial: number }[]>`
    SELECT t.trial FROM study_voters v, unnest(${[...trials]}::int[]) AS t(trial)
    WHERE v.id = ${voterId} AND v.trial_leases[t.trial + 1] >= now()`;
  return new Set(rows.map(({ trial }) => trial));
}

/**
 * Called when trials are given out to the voter's browser, all of a session or some. While the study takes votes, it gives each a lease from
 * now: the voter sees them one after the other, so the lease of a later one ends later, and none ends later than a place's.
 */
export async function leaseTrials(
  connection: Connection,
  { voterId, from, count }: { readonly voterId: string; readonly from: number; readonly count: number },
): Promise<void> {
  await connection.$executeRaw`
    UPDATE study_voters v SET trial_leases[${from + 1}::int:${from + count}::int] = ARRAY(
      SELECT now() + least(${leaseSeconds}::int, ${holdSeconds}::int + ${secondsOfTrial}::int * (t.number + 1 - answered.before)) * interval '1 second'
      FROM generate_series(${from}::int, ${from + count - 1}::int) AS t(number)
      CROSS JOIN LATERAL (SELECT count(*)::int AS before FROM votes a WHERE a.voter_id = v.id AND a.trial < t.number) AS answered
      ORDER BY t.number)
    FROM studies s
    WHERE v.id = ${voterId} AND v.withdrawn_at IS NULL AND v.finished_at IS NULL AND s.id = v.study_id AND s.state IN ('OPEN', 'PAUSED')`;
}
