/** Norming rooms of a study with an image in each state, in which the people of the local workspace take part. */
import { encodeGlobalId } from "@pareidolia/api/globalId/globalId";
import { localUserId } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import type { AccountsApi } from "../support/accounts.ts";

export interface Rooms {
  /** A room without the researcher, who therefore may lead it. Its first image is revealed. */
  readonly ledRoom: string;
  /** A room without members whose images are all blind. */
  readonly blindRoom: string;
  /** Two members who may vote and have not joined the study. */
  readonly voters: readonly string[];
}

const member = (name: string): string => encodeGlobalId("Member", name);

const missingRoom = encodeGlobalId("NormingRoom", "missing");
export const missingRooms: Rooms = { ledRoom: missingRoom, blindRoom: missingRoom, voters: [member("missing"), member("none")] };
const voters = [member("membership_local"), member("membership_labeller")];
export const votersElsewhere = [member("membership_stranger"), member("membership_elsewhere_owner")];

/** The places of the room's images, by what they are for. */
export const places = { unvoted: 0, voted: 1, revealed: 2, votedAgain: 3, decided: 4 } as const;

/**
 * The room with blind images is of another study, whose labels its members cannot read until all are revealed.
 * @param studies IDs of the study of the room that is led, and of the other one.
 */
export async function writeRooms(
  { database }: AccountsApi,
  studies: { readonly led: string; readonly blind: string },
  seed: number,
): Promise<Rooms & { readonly room: string }> {
  const { connection } = database;
  const people = await connection.user.findMany({ where: { id: { in: [localUserId, "researcher", "labeller"] } } });
  const write = async (
    { id, studyId, number = 1 }: { readonly id: string; readonly studyId: string; readonly number?: number },
    userIds: readonly string[],
    states: readonly ("BLIND" | "REVEALED" | "VOTING_AGAIN" | "DECIDED")[],
  ) => {
    await connection.normingRoom.create({
      data: { id, studyId, createdById: localUserId, number, sequence: 1 },
    });
    // The last member's account is deleted, so that images can be voted on by a person other than the matrix's.
    const members = [...userIds, null].map((userId, number) => ({ roomId: id, number, userId }));
    await connection.normingRoomMember.createMany({ data: members });
    const images = states.map((state, place) => ({ roomId: id, place, studyId, imageIndex: place, state, sequence: 1 }));
    await connection.normingRoomImage.createMany({ data: images });
    return members.length;
  };
  const room = `room_${seed}`;
  const count = await write(
    { id: room, studyId: studies.blind },
    people.map(({ id }) => id),
    ["BLIND", "BLIND", "REVEALED", "VOTING_AGAIN", "DECIDED"],
  );
  const deleted = count - 1;
  const vote = (place: number, of: number, round = 1) => ({ roomId: room, place, member: of, round, label: 1 });
  const ofAll = Array.from({ length: count }, (_, of) => vote(places.voted, of));
  const ofDeleted = [places.revealed, places.votedAgain, places.decided].map((place) => vote(place, deleted));
  await connection.normingVote.createMany({ data: [...ofAll, ...ofDeleted, vote(places.votedAgain, deleted, 2)] });
  await connection.normingComment.create({ data: { roomId: room, place: places.revealed, number: 0, member: deleted, text: "Folds." } });
  const decision = { outcome: "CLASS" as const, label: 1, reason: "Most say so.", decidedById: localUserId };
  await connection.normingDecision.create({ data: { roomId: room, place: places.decided, ...decision } });
  const led = `led_room_${seed}`;
  const ledCount = await write(
    { id: led, studyId: studies.led },
    people.flatMap(({ id }) => (id === "researcher" ? [] : [id])),
    ["REVEALED"],
  );
  await connection.normingVote.create({ data: { roomId: led, place: 0, member: ledCount - 1, round: 1, label: 1 } });
  const blind = `blind_room_${seed}`;
  await write({ id: blind, studyId: studies.blind, number: 2 }, [], ["BLIND"]);
  const assigned = await connection.user.findMany({ where: { id: { in: [localUserId, "researcher", "labeller", "viewer"] } } });
  const assignment = { studyId: studies.led, imageIndex: 0, assignedById: localUserId };
  await connection.studyAssignment.createMany({ data: assigned.map(({ id: userId }) => ({ ...assignment, userId })) });
  const [ledRoom, blindRoom] = [encodeGlobalId("NormingRoom", led), encodeGlobalId("NormingRoom", blind)];
  return { room: encodeGlobalId("NormingRoom", room), ledRoom, blindRoom, voters };
}

/** Gives what belongs to the local user to another one. */
export async function moveRooms({ database }: AccountsApi, userId: string): Promise<void> {
  const { connection } = database;
  await connection.normingRoom.updateMany({ where: { createdById: localUserId }, data: { createdById: userId } });
  await connection.normingRoomMember.updateMany({ where: { userId: localUserId }, data: { userId } });
  await connection.normingDecision.updateMany({ where: { decidedById: localUserId }, data: { decidedById: userId } });
  await connection.studyAssignment.updateMany({ where: { userId: localUserId }, data: { userId } });
}
