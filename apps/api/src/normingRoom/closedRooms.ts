/** Why a norming room is closed to a person for now: it would unblind a vote that the person may still cast or change. */
import type { NormingRoomRecord } from "@pareidolia/persistence/studies/norming/readRooms";
import type { ClosedRoom } from "./normingRoom.type.ts";

/** A study's rooms for one actor. */
export interface RoomsOfStudy {
  readonly open: readonly NormingRoomRecord[];
  readonly closed: readonly ClosedRoom[];
}

interface Blindness {
  /** Whether the actor is voting in the room's study. */
  readonly isVoting: boolean;
  /** The number of the room where the actor votes blind, by the room that would unblind the vote. */
  readonly closed: ReadonlyMap<string, number>;
}

/** Null for a room that is open. */
export function closedRoom({ id, number, studyNumber }: NormingRoomRecord, { isVoting, closed }: Blindness): ClosedRoom | null {
  if (isVoting) return { number, reason: "VOTING", blindRoom: null, message: stillVotingMessage(studyNumber) };
  const blindRoom = closed.get(id);
  if (blindRoom === undefined) return null;
  const message =
    `Norming room ${number} of STU-${studyNumber} shows the label of an image on which you vote blind in norming room ${blindRoom}. ` +
    `It opens to you once the votes there are revealed.`;
  return { number, reason: "NORMING", blindRoom, message };
}

export function stillVotingMessage(study: number): string {
  return `You are still voting in STU-${study}, and its norming rooms show labels and votes. Finish your trials first.`;
}
