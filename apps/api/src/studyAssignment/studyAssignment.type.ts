/** Images that researchers assign to members of a workspace, and the mutation that does. */
import { Extensions, Field, ID, InputType, Int, ObjectType } from "type-graphql";
import { payloadOf } from "../errors/payload.ts";
import { Requires } from "../policy/requires.ts";

/** Images in one assignment. */
export const mostImages = 1_000;

@Requires("study:assign")
@ObjectType("StudyAssignment", { description: "The counted images that a member gets before others on joining a study." })
export class StudyAssignmentType {
  @Field(() => [Int], { description: "Indices of the images among the study's counted ones, in ascending order." })
  readonly images!: readonly number[];

  @Field(() => Boolean, { description: "Whether the member has joined since. The assignment then stays as it is." })
  readonly joined!: boolean;
}

@InputType("AssignStudyImagesInput", { description: "Input of `assignStudyImages`." })
export class AssignStudyImagesInput {
  @Field(() => ID, { description: "ID or key of a study that is open or paused." })
  studyId!: string;

  @Field(() => [ID], { description: "IDs of the members, labellers or above, who have not joined the study: 1 to 100." })
  memberIds!: string[];

  @Extensions({ longest: mostImages })
  @Field(() => [Int], {
    description: "Indices of counted images: at most 1,000. They replace each member's earlier assignment; an empty list removes it.",
  })
  images!: number[];
}

@Requires("study:assign")
@ObjectType("AssignStudyImagesSuccess", { description: "The images are assigned." })
export class AssignStudyImagesSuccess {
  @Field(() => [StudyAssignmentType], { description: "All assignments of the study." })
  readonly assignments!: unknown;
}

export const AssignStudyImagesPayload = payloadOf({
  name: "AssignStudyImagesPayload",
  description: "Result of `assignStudyImages`.",
  success: AssignStudyImagesSuccess,
  missing: true,
});
