/** Inputs of the mutations of norming rooms. */
import { Field, ID, InputType, Int } from "type-graphql";
import { NormingOutcomeEnum } from "./normingState.type.ts";

@InputType("CreateNormingRoomInput", { description: "Input of `createNormingRoom`. Give either `images` or `mostDisputed`." })
export class CreateNormingRoomInput {
  @Field(() => ID, { description: "ID or key of a study that was opened." })
  studyId!: string;

  @Field(() => [Int], { nullable: true, description: "Indices of counted images of the study: 1 to 100." })
  images?: number[] | null;

  @Field(() => Int, {
    nullable: true,
    description: "Chooses the images on which the study's voters agree least, up to this number: 1 to 100.",
  })
  mostDisputed?: number | null;

  @Field(() => [ID], { description: "IDs of the members who take part, labellers or above: 2 to 30." })
  memberIds!: string[];

  @Field(() => String, {
    nullable: true,
    description: "A unique key, such as a UUID, of 1 to 200 characters. A second request with the same key returns the room of the first.",
  })
  idempotencyKey?: string | null;
}

@InputType("ChangeRoomMembersInput", { description: "Input of `changeRoomMembers`." })
export class ChangeRoomMembersInput {
  @Field(() => ID, { description: "ID of a norming room in which no image is revealed." })
  roomId!: string;

  @Field(() => [ID], { nullable: true, description: "IDs of members, labellers or above, who are to take part. At most 30 take part." })
  add?: string[] | null;

  @Field(() => [ID], { nullable: true, description: "IDs of members who are to take part no longer. At least 2 stay." })
  remove?: string[] | null;
}

@InputType({ description: "An image of a norming room." })
class RoomPlaceInput {
  @Field(() => ID, { description: "ID of a norming room." })
  roomId!: string;

  @Field(() => Int, { description: "The image's place in the room." })
  place!: number;
}

@InputType("CastRoomVoteInput", { description: "Input of `castRoomVote`. Give either `label` or `nothing`." })
export class CastRoomVoteInput extends RoomPlaceInput {
  @Field(() => Int, { description: "1 for the blind vote, 2 for the vote after the discussion." })
  round!: number;

  @Field(() => Int, { nullable: true, description: "The chosen class of the study." })
  label?: number | null;

  @Field(() => Boolean, { nullable: true, description: 'True for "nothing I recognise".' })
  nothing?: boolean | null;
}

@InputType("UndoRoomVoteInput", { description: "Input of `undoRoomVote`." })
export class UndoRoomVoteInput extends RoomPlaceInput {
  @Field(() => Int, { description: "1 for the blind vote, 2 for the vote after the discussion." })
  round!: number;
}

@InputType("RevealRoomImageInput", { description: "Input of `revealRoomImage`." })
export class RevealRoomImageInput extends RoomPlaceInput {}

@InputType("StartSecondRoundInput", { description: "Input of `startSecondRound`." })
export class StartSecondRoundInput extends RoomPlaceInput {}

@InputType("CommentOnRoomImageInput", { description: "Input of `commentOnRoomImage`." })
export class CommentOnRoomImageInput extends RoomPlaceInput {
  @Field(() => String, { description: "1 to 2,000 characters." })
  text!: string;
}

@InputType("DecideRoomImageInput", { description: "Input of `decideRoomImage`." })
export class DecideRoomImageInput extends RoomPlaceInput {
  @Field(() => NormingOutcomeEnum, { description: "The decision." })
  outcome!: string;

  @Field(() => Int, { nullable: true, description: "The decided class, for the outcome CLASS only." })
  label?: number | null;

  @Field(() => String, { description: "Why: 1 to 2,000 characters." })
  reason!: string;
}
