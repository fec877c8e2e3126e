/** Images that researchers assign to members of a workspace, and the mutation that does. */
import { Extensions, Field, ID, InputType, Int, ObjectType } from "type-graphql";
import { payloadOf } from "../errors/payload.ts";
import { Requires } from "../policy/requires.ts";

/** Images of one member. */
export const maxAssigned = 1_000;

@Requires("study:assign")
@ObjectType("StudyAssignment", {
  description: "A member who may vote in a study, the counted images that the member gets before others on joining, and the progress.",
})
export class StudyAssignmentType {
  @Field(() => Boolean, { description: "Whether the member may vote: a labeller, researcher or owner who is not suspended." })
  readonly mayVote!: boolean;

  @Field(() => [Int], { description: "Indices of the assigned images among the study's counted ones, in ascending order." })
  readonly images!: readonly number[];

  @Field(() => Int, { description: "How many of the assigned images the member has answered or skipped." })
  readonly answered!: number;

  @Field(() => Boolean, { description: "Whether the member has joined. The assignment then stays as it is." })
  readonly joined!: boolean;

  @Field(() => Boolean, { description: "Whether the member has finished." })
  readonly finished!: boolean;

  @Field(() => Int, { description: "Trials of the member's session that are answered or skipped; 0 before joining." })
  readonly answeredTrials!: number;

  @Field(() => Int, { description: "All trials of the member's session; 0 before joining." })
  readonly trials!: number;
}

@InputType("MemberImagesInput", { description: "Counted images of a study for one member." })
export class MemberImagesInput {
  @Field(() => ID, { description: "ID of the member: a labeller or above, who has not joined the study." })
  memberId!: string;

  @Extensions({ longest: maxAssigned })
  @Field(() => [Int], {
    description: "Indices of counted images: at most 1,000. They replace the member's earlier assignment; an empty list removes it.",
  })
  images!: number[];
}

@InputType("AssignStudyImagesInput", { description: "Input of `assignStudyImages`." })
export class AssignStudyImagesInput {
  @Field(() => ID, { description: "ID or key of a study that is open or paused." })
  studyId!: string;

  @Field(() => [MemberImagesInput], { description: "The images of 1 to 100 members. All are assigned, or none." })
  assignments!: MemberImagesInput[];
}

@Requires("study:assign")
@ObjectType("AssignStudyImagesSuccess", { description: "The images are assigned." })
export class AssignStudyImagesSuccess {
  @Field(() => [StudyAssignmentType], { description: "All members who may vote in the study, with their images, by name." })
  readonly assignments!: unknown;
}

export const AssignStudyImagesPayload = payloadOf({
  name: "AssignStudyImagesPayload",
  description: "Result of `assignStudyImages`.",
  success: AssignStudyImagesSuccess,
  missing: true,
});
