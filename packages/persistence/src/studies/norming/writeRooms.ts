/**
 * Creates norming rooms, and records what happens in them. Every change takes the room's next sequence number, which locks the room: changes
 * follow one another, so a vote is either cast before the reveal or refused.
 */
import { randomInt, randomUUID } from "node:crypto";
import { AppError } from "@pareidolia/core/appError";
import type { NormingOutcome, NormingRound, NormingState } from "@pareidolia/core/normingState";
import type { Connection, Transaction } from "../../server/database/database.ts";

/** Payload: the ID of the room. */
export const normingChannel = "pareidolia_norming_rooms";

const maxRooms = 100;
const maxComments = 200;

export interface NewNormingRoom {
  readonly studyId: string;
  readonly createdById: string;
  /** Indices of counted images of the study, distinct. */
  readonly images: readonly number[];
  readonly userIds: readonly string[];
  readonly idempotencyKey: string | null;
}

/** In a random order, so that neither places nor numbers reveal anything. */
function shuffle<T>(values: readonly T[]): T[] {
  const shuffled = [...values];
  for (let i = shuffled.length - 1; i > 0; i--) {
    const j = randomInt(i + 1);
    [shuffled[i], shuffled[j]] = [shuffled[j] as T, shuffled[i] as T];
  }
  return shuffled;
}

/** `created` is false if an earlier request with the same key created the room. @throws AppError CONFLICT for too many rooms. */
export async function createNormingRoomOnce(
  { connection }: Transaction,
  { studyId, createdById, images, userIds, idempotencyKey }: NewNormingRoom,
): Promise<{ readonly id: string; readonly number: number; readonly created: boolean }> {
  await lockStudy(connection, studyId);
  if (idempotencyKey !== null) {
    const where = { studyId_idempotencyKey: { studyId, idempotencyKey } };
    const earlier = await connection.normingRoom.findUnique({ where, select: { id: true, number: true } });
    if (earlier !== null) return { ...earlier, created: false };
  }
  const last = await connection.normingRoom.findFirst({ where: { studyId }, orderBy: { number: "desc" }, select: { number: true } });
  const number = (last?.number ?? 0) + 1;
  if (number > maxRooms) throw new AppError("CONFLICT", `A study has up to ${maxRooms} norming rooms.`);
  const id = randomUUID();
  await connection.normingRoom.create({ data: { id, studyId, createdById, number, idempotencyKey } });
  await connection.normingRoomMember.createMany({ data: shuffle(userIds).map((userId, n) => ({ roomId: id, number: n, userId })) });
  await connection.normingRoomImage.createMany({
    data: shuffle(images).map((imageIndex, place) => ({ roomId: id, place, studyId, imageIndex })),
  });
  return { id, number, created: true };
}

/** Until the transaction ends. */
export async function lockStudy(connection: Connection, studyId: string): Promise<void> {
  await connection.$queryRaw`SELECT id FROM studies WHERE id = ${studyId} FOR UPDATE`;
}

export interface RoomPlace {
  readonly roomId: string;
  readonly place: number;
}

interface LockedImage {
  readonly state: NormingState;
  readonly sequence: number;
}

/** Takes the room's next number, and so locks the room until the transaction ends. @throws AppError NOT_FOUND. */
async function lockImage(connection: Connection, { roomId, place }: RoomPlace): Promise<LockedImage> {
  const { sequence } = await connection.normingRoom.update({
    where: { id: roomId },
    data: { sequence: { increment: 1 } },
    select: { sequence: true },
  });
  const image = await connection.normingRoomImage.findUnique({
    where: { roomId_place: { roomId, place } },
    select: { state: true },
  });
  if (image === null) throw new AppError("NOT_FOUND", "The room has no image at this place.", { field: "input.place" });
  return { state: image.state, sequence };
}

/** Marks the image as changed, and notifies the room's followers once the transaction commits. */
async function announce(connection: Connection, { roomId, place }: RoomPlace, changed: LockedImage): Promise<void> {
  await connection.normingRoomImage.update({ where: { roomId_place: { roomId, place } }, data: changed });
  await notifyRoom(connection, roomId);
}

export async function notifyRoom(connection: Connection, roomId: string): Promise<void> {
  await connection.$executeRaw`SELECT pg_notify(${normingChannel}, ${roomId})`;
}

export interface NewRoomVote extends RoomPlace {
  /** The member's number in the room. */
  readonly member: number;
  readonly round: NormingRound;
  /** Null for "nothing I recognise". */
  readonly label: number | null;
}

const stateOfRound: Readonly<Record<NormingRound, NormingState>> = { 1: "BLIND", 2: "VOTING_AGAIN" };

/**
 * Returns false for a repetition of the same vote. @throws AppError CONFLICT for another vote of the member in this round, in a state that
 * does not take votes of this round, and for a second vote without a first one.
 */
export async function castRoomVote({ connection }: Transaction, vote: NewRoomVote): Promise<boolean> {
  const { roomId, place, member, round, label } = vote;
  const { state, sequence } = await lockImage(connection, vote);
  const removed = await connection.normingRoomMember.count({ where: { roomId, number: member, removedAt: { not: null } } });
  if (removed > 0) throw new AppError("FORBIDDEN", "You no longer take part in this room.");
  const earlier = await connection.normingVote.findMany({ where: { roomId, place, member }, select: { round: true, label: true } });
  const same = earlier.find((each) => each.round === round);
  if (same !== undefined) {
    if (same.label === label) return false;
    throw new AppError("CONFLICT", "You have voted on this image in this round. Take that vote back before you vote again.");
  }
  if (state !== stateOfRound[round]) throw new AppError("CONFLICT", closedRound(state, round));
  if (round === 2 && earlier.length === 0)
    throw new AppError("CONFLICT", "Only members who voted on this image before the reveal vote on it again.");
  await connection.normingVote.create({ data: { roomId, place, member, round, label } });
  await announce(connection, vote, { state, sequence });
  return true;
}

export type RoomVoteToUndo = Omit<NewRoomVote, "label">;

/**
 * Takes a vote back. Returns false if there is none. @throws AppError CONFLICT once the votes of this round are shown: the blind ones after
 * the reveal, the second ones after the last.
 */
export async function undoRoomVote({ connection }: Transaction, { roomId, place, member, round }: RoomVoteToUndo): Promise<boolean> {
  const { state, sequence } = await lockImage(connection, { roomId, place });
  if (state !== stateOfRound[round]) throw new AppError("CONFLICT", "The votes on this image are shown by now, so none can be taken back.");
  if (round === 2 && (await isSecondRoundComplete(connection, { roomId, place })))
    throw new AppError("CONFLICT", "All have voted again, so the second votes are shown and none can be taken back.");
  const { count } = await connection.normingVote.deleteMany({ where: { roomId, place, member, round } });
  if (count === 0) return false;
  await announce(connection, { roomId, place }, { state, sequence });
  return true;
}

/** Whether every member with a blind vote has voted again. */
async function isSecondRoundComplete(connection: Connection, { roomId, place }: RoomPlace): Promise<boolean> {
  const where = { roomId, place, voter: { removedAt: null } };
  const counts = await connection.normingVote.groupBy({ by: ["round"], where, _count: true });
  const countOf = (round: NormingRound): number => counts.find((each) => each.round === round)?._count ?? 0;
  return countOf(2) >= countOf(1);
}

function closedRound(state: NormingState, round: NormingRound): string {
  if (state === "DECIDED") return "This image is decided, so it takes no more votes.";
  if (round === 1) return "The votes on this image are revealed, so it takes no more blind votes.";
  return "The second vote on this image has not started yet.";
}

/** @throws AppError CONFLICT before anyone has voted, and if `early` is false and a member has not voted. */
export async function revealRoomImage({ connection }: Transaction, at: RoomPlace & { readonly early: boolean }): Promise<boolean> {
  const { roomId, place } = at;
  const { state, sequence } = await lockImage(connection, at);
  if (state !== "BLIND") return false;
  const votes = await connection.normingVote.count({ where: { roomId, place, round: 1 } });
  if (votes === 0) throw new AppError("CONFLICT", "There is no vote on this image yet.");
  const notVoted = { roomId, removedAt: null, votes: { none: { place, round: 1 } } };
  if (!at.early && (await connection.normingRoomMember.count({ where: notVoted })) > 0)
    throw new AppError("CONFLICT", "Some members have not voted yet. The votes are revealed when all have, or by the room's researcher.");
  await announce(connection, at, { state: "REVEALED", sequence });
  return true;
}

/** Returns false if the second round has started already. @throws AppError CONFLICT before the reveal and after the decision. */
export async function startSecondRound({ connection }: Transaction, at: RoomPlace): Promise<boolean> {
  const { state, sequence } = await lockImage(connection, at);
  if (state === "VOTING_AGAIN") return false;
  if (state !== "REVEALED")
    throw new AppError("CONFLICT", state === "BLIND" ? "Reveal the votes on this image first." : "This image is decided.");
  await announce(connection, at, { state: "VOTING_AGAIN", sequence });
  return true;
}

/** @throws AppError CONFLICT before the reveal, after the decision, and for too many comments. */
export async function commentOnRoomImage(
  { connection }: Transaction,
  comment: RoomPlace & { readonly member: number; readonly text: string },
): Promise<void> {
  const { roomId, place, member, text } = comment;
  const { state, sequence } = await lockImage(connection, comment);
  if (state === "BLIND") throw new AppError("CONFLICT", "Discuss this image once its votes are revealed.");
  if (state === "DECIDED") throw new AppError("CONFLICT", "This image is decided, so its discussion is closed.");
  const number = await connection.normingComment.count({ where: { roomId, place } });
  if (number >= maxComments) throw new AppError("CONFLICT", `An image takes up to ${maxComments} comments.`);
  await connection.normingComment.create({ data: { roomId, place, number, member, text } });
  await announce(connection, comment, { state, sequence });
}

export interface NewDecision extends RoomPlace {
  readonly userId: string;
  readonly outcome: NormingOutcome;
  readonly label: number | null;
  readonly reason: string;
}

/** @throws AppError CONFLICT before the reveal and after a decision; FORBIDDEN for a user who voted on the image in the room. */
export async function decideRoomImage({ connection }: Transaction, decision: NewDecision): Promise<void> {
  const { roomId, place, userId, outcome, label, reason } = decision;
  const { state, sequence } = await lockImage(connection, decision);
  const own = await connection.normingVote.count({ where: { roomId, place, voter: { userId } } });
  if (own > 0) throw new AppError("FORBIDDEN", "You voted on this image in this room, so another member decides.");
  if (state === "BLIND") throw new AppError("CONFLICT", "Reveal the votes on this image before you decide.");
  if (state === "DECIDED") throw new AppError("CONFLICT", "This image is already decided. Decisions are not changed.");
  await connection.normingDecision.create({ data: { roomId, place, outcome, label, reason, decidedById: userId } });
  await announce(connection, decision, { state: "DECIDED", sequence });
}

/** The sequence number of the latest change; 0 before the first one, and for a deleted room. */
export async function findLatestChange(connection: Connection, roomId: string): Promise<number> {
  const room = await connection.normingRoom.findUnique({ where: { id: roomId }, select: { sequence: true } });
  return room?.sequence ?? 0;
}
