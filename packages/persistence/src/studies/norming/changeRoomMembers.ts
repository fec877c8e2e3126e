/**
 * Adds and removes members of a norming room while all its images are blind. Afterwards, a new member could read votes and labels before
 * voting, and a removed one would have read them. A removed member's votes stay: people are not left out by how they voted.
 */
import { AppError } from "@pareidolia/core/appError";
import type { Transaction } from "../../server/database/database.ts";
import { notifyRoom } from "./writeRooms.ts";

export interface RoomMemberChange {
  readonly roomId: string;
  readonly add: readonly string[];
  readonly remove: readonly string[];
  readonly fewest: number;
  readonly most: number;
}

export interface RoomMembers {
  /** IDs of the users who take part, ascending. */
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/**
 * Nothing changes for users who take part already, or no longer do. A member who is added again has the same number and votes. Locks the
 * room, as every change does. @throws AppError CONFLICT once an image is revealed, and for too few or too many members.
 */
export async function changeRoomMembers({ connection }: Transaction, change: RoomMemberChange): Promise<RoomMembers> {
  const { roomId, add, remove, fewest, most } = change;
  await connection.normingRoom.update({ where: { id: roomId }, data: { sequence: { increment: 1 } } });
  const rows = await connection.normingRoomMember.findMany({ where: { roomId }, orderBy: { number: "asc" } });
  const before = rows.flatMap(({ userId, removedAt }) => (userId !== null && removedAt === null ? [userId] : []));
  const added = add.filter((id) => !before.includes(id));
  const removed = before.filter((id) => remove.includes(id));
  const after = [...before.filter((id) => !removed.includes(id)), ...added];
  if (added.length + removed.length === 0) return { before: before.sort(), after: before };
  const revealed = await connection.normingRoomImage.findFirst({
    where: { roomId, state: { not: "BLIND" } },
    orderBy: { place: "asc" },
    select: { place: true },
  });
  if (revealed !== null) throw new AppError("CONFLICT", refusal(revealed.place, added.length > 0));
  if (after.length > most) throw new AppError("CONFLICT", `A room has up to ${most} members.`);
  if (after.length < fewest) throw new AppError("CONFLICT", `A room keeps at least ${fewest} members.`);
  await connection.normingRoomMember.updateMany({ where: { roomId, userId: { in: removed } }, data: { removedAt: new Date() } });
  const known = new Set(rows.map(({ userId }) => userId));
  await connection.normingRoomMember.updateMany({ where: { roomId, userId: { in: added } }, data: { removedAt: null } });
  const next = (rows.at(-1)?.number ?? -1) + 1;
  await connection.normingRoomMember.createMany({
    data: added.filter((userId) => !known.has(userId)).map((userId, index) => ({ roomId, userId, number: next + index })),
  });
  await notifyRoom(connection, roomId);
  return { before: before.sort(), after: after.sort() };
}

function refusal(place: number, adds: boolean): string {
  const image = `The votes on image ${place + 1} of this room are revealed.`;
  return adds
    ? `${image} A new member could read votes and the machine's labels before voting, so open another room for them.`
    : `${image} Its members have read votes and labels, so the room keeps them. An image can be decided before all have voted again.`;
}
