/**
 * A worker's side of releases, as of analyses: a heartbeat shows that the worker lives; any worker may claim a release whose heartbeat has
 * stopped, and the token of the earlier claim then writes nothing. A release is written again from its start.
 */
import { randomUUID } from "node:crypto";
import { AppError } from "@pareidolia/core/appError";
import type { StudyState } from "@pareidolia/core/studyState";
import type { Connection, Transaction } from "../../server/database/database.ts";
import type { StoredPart } from "../../server/objectStores/storedPart.ts";
import { findVoteState, type VoteState } from "../../studies/studies/studyResults.ts";
import { findReleases, type ReleaseCounts, type ReleaseRecord } from "./readReleases.ts";
import { lockStudyState, releasableStates } from "./writeReleases.ts";

const maxSilence = "20 seconds";
const queuedTooLong = "10 seconds";
const maxAttempts = 5;

/** The right to write to a release that is being made. */
export interface ReleaseClaim {
  readonly id: string;
  readonly claimToken: string;
}

async function takeRelease(connection: Connection, { id, claimToken }: ReleaseClaim): Promise<boolean> {
  const count = await connection.$executeRaw`
    UPDATE releases SET state = 'RUNNING', attempts = attempts + 1, claim_token = ${claimToken}, heartbeat_at = now(),
      started_at = coalesce(started_at, now())
    WHERE id = ${id} AND (state = 'QUEUED' OR (state = 'RUNNING' AND heartbeat_at < now() - ${maxSilence}::interval))`;
  return count > 0;
}

/** Null when another worker has the release, or when it has ended. */
export async function claimRelease(
  connection: Connection,
  id: string,
): Promise<{ readonly release: ReleaseRecord; readonly claim: ReleaseClaim } | null> {
  const claim = { id, claimToken: randomUUID() };
  if (!(await takeRelease(connection, claim))) return null;
  const [release] = await findReleases(connection, [id]);
  return release == null ? null : { release, claim };
}

const lost = (): AppError => new AppError("LEASE_LOST", "Another worker has this release now, or it has ended.");

/** Writes a heartbeat with the progress. @throws AppError LEASE_LOST */
export async function reportRelease(
  connection: Connection,
  { id, claimToken }: ReleaseClaim,
  progress: { readonly done: number; readonly total: number | null },
): Promise<void> {
  const count = await connection.$executeRaw`
    UPDATE releases SET heartbeat_at = now(), done = ${progress.done}, total = ${progress.total}
    WHERE id = ${id} AND state = 'RUNNING' AND claim_token = ${claimToken}`;
  if (count === 0) throw lost();
}

/** The study when a release began to read its votes. */
export interface ReleaseMoment extends VoteState {
  readonly studyId: string;
  readonly lastVoterNumber: number;
  /** Counted votes. */
  readonly voteCount: number;
}

/** @throws AppError CONFLICT for a study in which people vote. */
export async function findReleaseMoment(connection: Connection, studyId: string): Promise<ReleaseMoment> {
  // Before the number of voters: a voter who joins in between changes this text, so the release is written again.
  const votes = await findVoteState(connection, studyId);
  const { state, voteCount, lastVoterNumber } = await connection.study.findUniqueOrThrow({
    where: { id: studyId },
    select: { state: true, voteCount: true, lastVoterNumber: true },
  });
  requireReleasable(state);
  return { studyId, voteCount, lastVoterNumber, ...votes };
}

function requireReleasable(state: StudyState | null): asserts state is StudyState {
  if (state === null || !releasableStates.includes(state))
    throw new AppError("CONFLICT", "The study was opened again while its release was made. Pause or close it, and make the release again.");
}

export interface WrittenRelease {
  readonly sha256: string;
  readonly byteLength: number;
  readonly counts: ReleaseCounts;
  readonly parts: readonly StoredPart[];
}

/**
 * Ends the release as made of the votes of `moment`.
 * @returns false if votes have changed since, such as by a withdrawal: then nothing is stored, and the release must be written again.
 * @throws AppError LEASE_LOST; CONFLICT for a study in which people vote.
 */
export async function finishRelease(
  { connection }: Transaction,
  { id, claimToken }: ReleaseClaim,
  moment: ReleaseMoment,
  { sha256, byteLength, counts, parts }: WrittenRelease,
): Promise<boolean> {
  // A withdrawal locks the study, so it comes before this transaction and is noticed, or after it and marks the release.
  const studyState = await lockStudyState(connection, moment.studyId);
  requireReleasable(studyState);
  const now = await findVoteState(connection, moment.studyId);
  if (now.state !== moment.state) return false;
  await connection.releasePart.createMany({
    data: parts.map((part, index) => ({ releaseId: id, index, sha256: part.sha256, byteLength: part.byteLength })),
  });
  const { count } = await connection.release.updateMany({
    where: { id, state: "RUNNING", claimToken },
    data: {
      state: "SUCCEEDED",
      sha256,
      byteLength: BigInt(byteLength),
      counts: { ...counts },
      studyState,
      lastVoterNumber: moment.lastVoterNumber,
      withdrawnVoters: moment.withdrawn,
      endedAt: new Date(),
    },
  });
  if (count === 0) throw lost();
  return true;
}

/** `failure` is a human-readable sentence. */
export async function failRelease(connection: Connection, { id, claimToken }: ReleaseClaim, failure: string): Promise<void> {
  await connection.release.updateMany({
    where: { id, state: "RUNNING", claimToken },
    data: { state: "FAILED", failure, endedAt: new Date() },
  });
}

/** Queues a release whose worker stops. */
export async function handBackRelease(connection: Connection, { id, claimToken }: ReleaseClaim): Promise<void> {
  await connection.release.updateMany({ where: { id, state: "RUNNING", claimToken }, data: { state: "QUEUED", attempts: 0 } });
}

async function failRepeatedlyLost(connection: Connection): Promise<void> {
  await connection.$executeRaw`
    UPDATE releases SET state = 'FAILED', ended_at = now(), failure = 'Its worker was lost several times in a row. Make the release again.'
    WHERE state = 'RUNNING' AND heartbeat_at < now() - ${maxSilence}::interval AND attempts >= ${maxAttempts}`;
}

/** IDs of releases to enqueue: those whose heartbeat has stopped, and queued ones whose job may have been lost. */
export async function requeueReleases({ connection }: Transaction): Promise<readonly string[]> {
  await failRepeatedlyLost(connection);
  const rows = await findLostReleases(connection);
  return rows.map(({ id }) => id);
}

function findLostReleases(connection: Connection): Promise<{ readonly id: string }[]> {
  return connection.$queryRaw<{ readonly id: string }[]>`
    SELECT id FROM releases WHERE (state = 'QUEUED' AND coalesce(heartbeat_at, created_at) < now() - ${queuedTooLong}::interval)
      OR (state = 'RUNNING' AND heartbeat_at < now() - ${maxSilence}::interval)
    ORDER BY created_at LIMIT 100`;
}
