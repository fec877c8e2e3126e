/** The places of a study, for its owners: who holds one, who has confirmed one, and which have returned. Answers themselves are not read. */

import { Prisma } from "../../generated/client.ts";
import { type CountRequest, countRows } from "../../server/database/countRows.ts";
import type { Connection, Transaction } from "../../server/database/database.ts";
import { type Page, type PageRequest, selectPage } from "../../server/database/keyset.ts";
import { takesPlace } from "./places.ts";
import { lockVoter } from "./undoVote.ts";
import { withdrawVoter } from "./withdrawVoter.ts";

export const placeStates = ["HELD", "CONFIRMED", "FINISHED", "RETURNED"] as const;
export type PlaceState = (typeof placeStates)[number];

export interface PlaceRecord {
  /** The voter's, from 0. */
  readonly number: number;
  readonly anonymous: boolean;
  readonly state: PlaceState;
  /** Trials that the voter has answered. Skipped ones are not answered. */
  readonly answers: number;
  readonly joinedAt: Date;
  /** Until then, the voter's images are held. Null for voters who have finished, and for places that have returned. */
  readonly heldUntil: Date | null;
}

const state = Prisma.sql`CASE WHEN finished_at IS NOT NULL THEN 'FINISHED' WHEN confirmed_at IS NOT NULL THEN 'CONFIRMED'
  WHEN lease_expires_at > now() THEN 'HELD' ELSE 'RETURNED' END`;

const ofStudy = (studyId: string): Prisma.Sql[] => [Prisma.sql`v.study_id = ${studyId}`, Prisma.sql`v.withdrawn_at IS NULL`];

/** Voters who have not withdrawn, the latest first. */
export function listPlaces(
  connection: Connection,
  { studyId, page }: { readonly studyId: string; readonly page: PageRequest },
): Promise<Page<PlaceRecord>> {
  return selectPage<PlaceRecord, PlaceRecord>(connection, {
    select: Prisma.sql`
      SELECT v.number, v.anonymous, ${state} AS state, v.joined_at AS "joinedAt",
        (SELECT count(*)::int FROM votes WHERE voter_id = v.id AND answer IS NOT NULL) AS answers,
        CASE WHEN v.finished_at IS NULL AND v.lease_expires_at > now() THEN v.lease_expires_at END AS "heldUntil"
      FROM study_voters v`,
    conditions: ofStudy(studyId),
    ordering: { columns: [{ sql: Prisma.sql`v.number`, type: "integer" }], direction: "DESC" },
    page,
    toRow: (row) => row,
    positionOf: (row) => [row.number],
  });
}

export function countPlaces(request: CountRequest, studyId: string): Promise<number> {
  return countRows(request, Prisma.sql`FROM study_voters v`, ofStudy(studyId));
}

export interface PlaceCounts {
  /** By voters without an account. */
  readonly taken: number;
  /** Of those taken, how many are held and not confirmed. */
  readonly held: number;
  /** Places that were held by voters without an account, and were not confirmed. */
  readonly returned: number;
}

export async function summarisePlaces(connection: Connection, studyId: string): Promise<PlaceCounts> {
  const [row] = await connection.$queryRaw<PlaceCounts[]>`
    SELECT count(*) FILTER (WHERE ${takesPlace})::int AS taken, count(*) FILTER (WHERE ${state} = 'HELD')::int AS held,
      count(*) FILTER (WHERE ${state} = 'RETURNED')::int AS returned
    FROM study_voters WHERE study_id = ${studyId} AND anonymous AND withdrawn_at IS NULL`;
  return row ?? { taken: 0, held: 0, returned: 0 };
}

/**
 * Removes voters without an account who have no votes, as a withdrawal would. Voters with votes stay: which of them count, only the plan says.
 * @returns the numbers of those removed.
 */
export async function removeVoters(
  transaction: Transaction,
  { studyId, numbers }: { readonly studyId: string; readonly numbers: readonly number[] },
): Promise<number[]> {
  const { connection } = transaction;
  const voters = await connection.studyVoter.findMany({
    where: { studyId, number: { in: [...numbers] }, anonymous: true, withdrawnAt: null, finishedAt: null, votes: { none: {} } },
    select: { id: true, number: true },
    orderBy: { number: "asc" },
  });
  const removed: number[] = [];
  for (const { id, number } of voters) {
    await lockVoter(connection, id);
    // A vote may have arrived before the lock.
    if ((await connection.vote.count({ where: { voterId: id } })) > 0) continue;
    await withdrawVoter(transaction, id);
    removed.push(number);
  }
  return removed;
}
