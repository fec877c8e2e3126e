/**
 * Adds a voter to a study: the next number, and the images to vote on. The lock of the study's row lets voters join one after the other, so
 * two of them never get the last place of an image.
 */
import { randomUUID } from "node:crypto";
import { AppError } from "@pareidolia/core/appError";
import { Prisma } from "../../generated/client.ts";
import type { Connection, Transaction } from "../../server/database/database.ts";
import { findAssignedImages } from "../norming/assignments.ts";
import { countTakenPlaces, holdSeconds } from "./places.ts";
import { findVoterByKey, findVoterOfUser, type VoterRecord } from "./readVoters.ts";
import { counts, outdated } from "./voteCounters.ts";

/** A counted image with its votes and leases. */
export interface AssignableImage {
  readonly index: number;
  readonly votes: number;
  readonly agreeing: number;
  /** Votes that agree or disagree with the label, if the study counts them separately; otherwise equal to `votes`. */
  readonly judged: number;
  /** Voters with a live lease who have not finished; their images count as voted on. */
  readonly holders: number;
  /** How many of `votes` are theirs. */
  readonly votesOfHolders: number;
}

export interface Assigned {
  readonly items: readonly number[];
  readonly trialCount: number;
}

export interface NewVoter {
  readonly studyId: string;
  /** Null for a voter without an account. */
  readonly userId: string | null;
  readonly insider: boolean;
  /** Whether the voter sees the still version. */
  readonly still: boolean;
  /** Whether the plan leaves votes of the still version out: then they take no places. */
  readonly stillLeftOut: boolean;
  /** Whether `assign` needs the judged votes; no counter has them. */
  readonly countsJudged: boolean;
  readonly sessionHash: string;
  /** Of codes to choose from: the first that no voter of the study has. */
  readonly withdrawalHashes: readonly string[];
  readonly consentVersion: number;
  readonly language: string;
  /** The voter's network in the limit of joins; null for a member. */
  readonly clientHash: string | null;
  readonly screen: Prisma.InputJsonValue | null;
  /** SHA-256 of the key, from which the session may follow; null without one. */
  readonly idempotencyKey: string | null;
  /** Places for voters without an account. */
  readonly maxAnonymous: number;
  /**
   * Chooses the images of the voter with this number; null if no image needs votes. `preferred` are indices of the images that researchers
   * assigned to the member.
   */
  readonly assign: (images: readonly AssignableImage[], voter: number, preferred: readonly number[]) => Assigned | null;
}

export interface Joined {
  readonly voter: VoterRecord;
  /** False if the user has joined before, or the request is a repetition. */
  readonly created: boolean;
}

/** The voter whom an earlier request with the same user or key added. */
async function findEarlier(connection: Connection, { studyId, userId, idempotencyKey }: NewVoter): Promise<VoterRecord | null> {
  const ofUser = userId === null ? null : await findVoterOfUser(connection, { studyId, userId });
  if (ofUser !== null || idempotencyKey === null) return ofUser;
  const ofKey = await findVoterByKey(connection, { studyId, idempotencyKey });
  if (ofKey !== null && ofKey.userId !== userId)
    throw new AppError("CONFLICT", "This idempotency key was already used by another voter.", { field: "input.idempotencyKey" });
  return ofKey;
}

/** Without the votes and leases that take no places: those of insiders, and of the still version if the plan leaves it out. */
function findAssignableImages(connection: Connection, { studyId, stillLeftOut, countsJudged }: NewVoter): Promise<AssignableImage[]> {
  const takesNoPlace = Prisma.sql`(insider OR (still AND ${stillLeftOut}))`;
  return connection.$queryRaw<AssignableImage[]>`
    WITH holders AS (
      SELECT id, items FROM study_voters
      WHERE study_id = ${studyId} AND withdrawn_at IS NULL AND finished_at IS NULL AND lease_expires_at > now()
        AND NOT ${takesNoPlace}
    ), left_out AS (
      SELECT item, count(*)::int AS votes, count(*) FILTER (WHERE agrees)::int AS agreeing FROM votes
      WHERE voter_id IN (SELECT id FROM study_voters WHERE study_id = ${studyId} AND ${takesNoPlace}) AND ${counts}
      GROUP BY item
    ), judged AS (
      SELECT item, count(*)::int AS votes FROM votes
      WHERE ${countsJudged} AND study_id = ${studyId} AND ${counts} AND agrees IS NOT NULL
        AND voter_id NOT IN (SELECT id FROM study_voters WHERE study_id = ${studyId} AND ${takesNoPlace})
      GROUP BY item
    ), held AS (
      SELECT item, count(*)::int AS holders FROM holders CROSS JOIN unnest(items) AS item GROUP BY item
    ), cast_by_holders AS (
      SELECT item, count(*)::int AS votes FROM votes WHERE voter_id IN (SELECT id FROM holders) AND ${counts} GROUP BY item
    )
    SELECT i.index, i.votes - coalesce(l.votes, 0) AS votes, i.agreeing - coalesce(l.agreeing, 0) AS agreeing,
      CASE WHEN ${countsJudged} THEN coalesce(j.votes, 0) ELSE i.votes - coalesce(l.votes, 0) END AS judged,
      coalesce(h.holders, 0) AS holders, coalesce(c.votes, 0) AS "votesOfHolders"
    FROM study_images i LEFT JOIN held h ON h.item = i.index LEFT JOIN cast_by_holders c ON c.item = i.index
      LEFT JOIN left_out l ON l.item = i.index LEFT JOIN judged j ON j.item = i.index
    WHERE i.study_id = ${studyId} AND i.role = 'COUNTED' ORDER BY i.index`;
}

async function findFreeCode(connection: Connection, { studyId, withdrawalHashes }: NewVoter): Promise<string> {
  const where = { studyId, withdrawalHash: { in: [...withdrawalHashes] } };
  const taken = await connection.studyVoter.findMany({ where, select: { withdrawalHash: true } });
  const free = withdrawalHashes.find((hash) => taken.every(({ withdrawalHash }) => withdrawalHash !== hash));
  if (free === undefined) throw new AppError("CONFLICT", "No code to withdraw is free. Try again.");
  return free;
}

const refusals: Readonly<Record<string, string>> = {
  DRAFT: "This study is not open yet.",
  PAUSED: "This study is paused. Come back later.",
  CLOSED: "This study is closed and takes no more votes.",
  ARCHIVED: "This study is closed and takes no more votes.",
};

/**
 * @throws AppError CONFLICT if the study is not open, has as many voters without an account as it may have, or needs no more votes, or if
 * the key belongs to another voter.
 */
export async function joinStudy({ connection }: Transaction, input: NewVoter): Promise<Joined> {
  const { studyId, userId, insider, still, sessionHash, consentVersion, language, clientHash, screen, idempotencyKey } = input;
  // Incrementing the number locks the study.
  const { lastVoterNumber, state } = await connection.study.update({
    where: { id: studyId },
    data: { lastVoterNumber: { increment: 1 } },
    select: { lastVoterNumber: true, state: true },
  });
  const earlier = await findEarlier(connection, input);
  if (earlier !== null) {
    await connection.study.update({ where: { id: studyId }, data: { lastVoterNumber: { decrement: 1 } } });
    return { voter: earlier, created: false };
  }
  const refusal = refusals[state];
  if (refusal !== undefined) throw new AppError("CONFLICT", refusal);
  if (userId === null) {
    if ((await countTakenPlaces(connection, studyId)) >= input.maxAnonymous)
      throw new AppError("CONFLICT", "This study has as many voters without an account as it takes. Sign in to vote as a member.");
  }
  const preferred = userId === null ? [] : await findAssignedImages(connection, { studyId, userId });
  const assigned = input.assign(await findAssignableImages(connection, input), lastVoterNumber, preferred);
  if (assigned === null) throw new AppError("CONFLICT", "This study needs no more votes.");
  const voter = await connection.studyVoter.create({
    data: {
      id: randomUUID(),
      studyId,
      number: lastVoterNumber,
      userId,
      insider,
      still,
      sessionHash,
      withdrawalHash: await findFreeCode(connection, input),
      consentVersion,
      language,
      items: [...assigned.items],
      trialCount: assigned.trialCount,
      leaseExpiresAt: new Date(Date.now() + holdSeconds * 1_000),
      anonymous: userId === null,
      clientHash,
      ...(screen === null ? {} : { screen }),
      idempotencyKey,
    },
  });
  // Results count voters, also those without votes.
  await connection.studyResult.updateMany({ where: { studyId }, data: { voteCount: outdated } });
  return { voter, created: true };
}
