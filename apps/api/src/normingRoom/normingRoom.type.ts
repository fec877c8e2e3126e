/** A norming room: members discuss disputed images of a study, and an adjudicator decides. */
import { Field, Float, Int, ObjectType, registerEnumType } from "type-graphql";
import { payloadOf } from "../errors/payload.ts";
import { NodeInterface } from "../node/node.type.ts";
import { Requires } from "../policy/requires.ts";
import { DateTimeScalar } from "../scalars.ts";
import { NormingOutcomeEnum, NormingStateEnum } from "./normingState.type.ts";

@Requires("normingRoom:takePart")
@ObjectType("NormingRoom", {
  implements: NodeInterface,
  description:
    "Members of a workspace who discuss disputed images of a study: they vote blind, see all votes, discuss, and vote again. Their votes never count as the study's.",
})
export class NormingRoomType extends NodeInterface {
  @Field(() => Int, { description: "Number of the room in its study, from 1." })
  readonly number!: number;

  @Field(() => Int, { description: "Increases with each change in the room. Subscribe to changes after it." })
  readonly sequence!: number;

  @Field(() => Int, { description: "Number of members who take part." })
  readonly memberCount!: number;

  @Field(() => Int, { description: "Number of members who were removed. Their votes stay." })
  readonly formerMemberCount!: number;

  @Field(() => Int, { description: "Number of images." })
  readonly imageCount!: number;

  @Field(() => Int, { description: "Number of images with a decision." })
  readonly decidedCount!: number;

  @Field(() => DateTimeScalar, { description: "When it was created." })
  readonly createdAt!: Date;
}

@Requires("normingRoom:takePart")
@ObjectType("RoomClass", { description: "A class of a room's study." })
export class RoomClass {
  @Field(() => Int, { description: "Number of the class in the network's list of labels." })
  readonly label!: number;

  @Field(() => String, { description: "Its name in the study's first language." })
  readonly name!: string;
}

@Requires("normingRoom:takePart")
@ObjectType("RoomVote", { description: "A member's vote on an image in a norming room." })
export class RoomVote {
  @Field(() => String, { description: "The member's pseudonym in the room, such as M-03." })
  readonly member!: string;

  @Field(() => Int, { description: "1: blind; 2: after the discussion." })
  readonly round!: number;

  @Field(() => RoomClass, { nullable: true, description: 'The chosen class; null for "nothing I recognise".' })
  readonly choice!: RoomClass | null;
}

@Requires("normingRoom:takePart")
@ObjectType("RoomComment", { description: "What a member said about an image in a norming room." })
export class RoomComment {
  @Field(() => Int, { description: "Its number among the image's comments, from 0." })
  readonly number!: number;

  @Field(() => String, { description: "The member's pseudonym in the room, such as M-03." })
  readonly member!: string;

  @Field(() => String, { description: "At most 2,000 characters." })
  readonly text!: string;

  @Field(() => DateTimeScalar, { description: "When it was written." })
  readonly createdAt!: Date;
}

@Requires("normingRoom:takePart")
@ObjectType("RoomDecision", { description: "The decision on an image in a norming room. No vote is changed by it." })
export class RoomDecision {
  @Field(() => Int, { description: "Number of the room in its study, from 1." })
  readonly room!: number;

  @Field(() => NormingOutcomeEnum, { description: "What was decided." })
  readonly outcome!: string;

  @Field(() => RoomClass, { nullable: true, description: "The class, if one was decided." })
  readonly choice!: RoomClass | null;

  @Field(() => String, { description: "Why." })
  readonly reason!: string;

  @Field(() => DateTimeScalar, { description: "When it was decided." })
  readonly decidedAt!: Date;
}

@Requires("normingRoom:takePart")
@ObjectType("RoomImage", { description: "An image in a norming room, as the sender may see it." })
export class RoomImage {
  @Field(() => Int, { description: "Its place in the room, from 0. Places are drawn at random." })
  readonly place!: number;

  @Field(() => NormingStateEnum, { description: "State of the image." })
  readonly state!: string;

  @Field(() => String, { description: "Address of the image, which reveals nothing about it." })
  readonly url!: string;

  @Field(() => Int, { description: "Width of the image at this address in pixels." })
  readonly width!: number;

  @Field(() => Int, { description: "Height of the image at this address in pixels." })
  readonly height!: number;

  @Field(() => Int, { description: "Number of blind votes." })
  readonly firstVotes!: number;

  @Field(() => Int, { description: "Number of blind votes of members who take part, without those who were removed." })
  readonly memberVotes!: number;

  @Field(() => Int, { description: "Number of votes after the discussion." })
  readonly secondVotes!: number;

  @Field(() => Int, { description: "Number of comments." })
  readonly commentCount!: number;

  @Field(() => RoomClass, { nullable: true, description: "The class that the machine names; null before the reveal." })
  readonly machine!: RoomClass | null;

  @Field(() => Float, { nullable: true, description: "The machine's confidence, 0 to 1; null before the reveal, and without a machine." })
  readonly confidence!: number | null;

  @Field(() => [RoomVote], {
    description:
      "The votes that the sender may see: their own; others' blind votes after the reveal; and others' second votes once all have voted again or the image is decided, or at once without a blind vote of their own.",
  })
  readonly votes!: readonly RoomVote[];

  @Field(() => RoomDecision, { nullable: true, description: "The decision; null before it." })
  readonly decision!: RoomDecision | null;

  @Field(() => [RoomClass], {
    description: "Classes for vote buttons: all of the study's up to 48, otherwise ten. Every other class of the study may be chosen, too.",
  })
  readonly options!: readonly RoomClass[];

  @Field(() => Int, { nullable: true, description: "The round in which the sender still has to vote; null for none." })
  readonly roundToVote!: number | null;

  @Field(() => Int, { nullable: true, description: "The round whose vote the sender can take back now; null for none." })
  readonly roundToUndo!: number | null;

  @Field(() => Boolean, { description: "Whether the sender may reveal the blind votes now." })
  readonly mayReveal!: boolean;

  @Field(() => Boolean, { description: "Whether the sender may start the second round now." })
  readonly mayStartSecondRound!: boolean;

  @Field(() => Boolean, { description: "Whether the sender may comment now." })
  readonly mayComment!: boolean;

  @Field(() => Boolean, {
    description: "Whether the sender may decide now, which only members who have not voted on the image in the room may do.",
  })
  readonly mayDecide!: boolean;
}

@Requires("normingRoom:takePart")
@ObjectType("RoomCoefficient", { description: "Krippendorff's alpha (nominal) of votes in a norming room, with its 95% interval." })
export class RoomCoefficient {
  @Field(() => Float, { nullable: true, description: "The estimate; null if it is undefined." })
  readonly estimate!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: "Lower end of the interval, for other members and other images; null if there is none.",
  })
  readonly low!: number | null;

  @Field(() => Float, { nullable: true, description: "Upper end of the interval; null if there is none." })
  readonly high!: number | null;

  @Field(() => Int, { description: "Number of images with at least two of these votes." })
  readonly images!: number;

  @Field(() => Int, { description: "Number of votes on them." })
  readonly votes!: number;

  @Field(() => String, { nullable: true, description: "Why it or its interval is undefined; null if both are defined." })
  readonly reason!: string | null;
}

@Requires("normingRoom:takePart")
@ObjectType("RoomAgreement", { description: "Agreement in a norming room before and after the discussion." })
export class RoomAgreement {
  @Field(() => RoomCoefficient, { description: "Blind votes on all revealed images." })
  readonly blind!: RoomCoefficient;

  @Field(() => RoomCoefficient, { description: "Blind votes on the images of `again`, to compare both." })
  readonly blindOnSameImages!: RoomCoefficient;

  @Field(() => RoomCoefficient, {
    description: "Votes after the discussion, where all members have voted again or the image is decided. They are not independent.",
  })
  readonly again!: RoomCoefficient;
}

export const RoomClosedReasonEnum = { VOTING: "VOTING", NORMING: "NORMING" } as const;

registerEnumType(RoomClosedReasonEnum, {
  name: "RoomClosedReason",
  description: "Why a norming room is closed to the sender for now.",
  valuesConfig: {
    VOTING: { description: "The sender has joined the study, and neither finished nor withdrawn." },
    NORMING: { description: "The room shows the label of an image that is not revealed yet in another room of the sender." },
  },
});

@Requires("normingRoom:takePart")
@ObjectType("ClosedRoom", { description: "A norming room that is closed to the sender for now, so that votes stay blind." })
export class ClosedRoom {
  @Field(() => Int, { description: "Number of the room in its study, from 1." })
  readonly number!: number;

  @Field(() => RoomClosedReasonEnum, { description: "Why it is closed." })
  readonly reason!: string;

  @Field(() => Int, { nullable: true, description: "Number of the room in which the sender votes first; null for the reason VOTING." })
  readonly blindRoom!: number | null;

  @Field(() => String, { description: "The reason as a sentence, with what to do." })
  readonly message!: string;
}

@Requires("normingRoom:create")
@ObjectType("NormingRoomSuccess", { description: "The new or changed room." })
export class NormingRoomSuccess {
  @Field(() => NormingRoomType, { description: "The new or changed room." })
  readonly normingRoom!: unknown;
}

@Requires("normingRoom:takePart")
@ObjectType("RoomImageSuccess", { description: "The image after the change." })
export class RoomImageSuccess {
  @Field(() => RoomImage, { description: "The image after the change." })
  readonly image!: unknown;
}

const payload = (mutation: string, name: string, success: typeof NormingRoomSuccess | typeof RoomImageSuccess = RoomImageSuccess): object =>
  payloadOf({ name, description: `Result of \`${mutation}\`.`, success, missing: true });

export const CreateNormingRoomPayload = payload("createNormingRoom", "CreateNormingRoomPayload", NormingRoomSuccess);
export const ChangeRoomMembersPayload = payload("changeRoomMembers", "ChangeRoomMembersPayload", NormingRoomSuccess);
export const CastRoomVotePayload = payload("castRoomVote", "CastRoomVotePayload");
export const UndoRoomVotePayload = payload("undoRoomVote", "UndoRoomVotePayload");
export const RevealRoomImagePayload = payload("revealRoomImage", "RevealRoomImagePayload");
export const CommentOnRoomImagePayload = payload("commentOnRoomImage", "CommentOnRoomImagePayload");
export const StartSecondRoundPayload = payload("startSecondRound", "StartSecondRoundPayload");
export const DecideRoomImagePayload = payload("decideRoomImage", "DecideRoomImagePayload");
