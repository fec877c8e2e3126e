/** A study of what people see, its images, and the results of its mutations. */
import { Field, Float, ID, Int, ObjectType } from "type-graphql";
import { payloadOf } from "../errors/payload.ts";
import { NodeInterface } from "../node/node.type.ts";
import { connectionTypesOf } from "../pagination/connection.ts";
import { Requires } from "../policy/requires.ts";
import { DateTimeScalar } from "../scalars.ts";
import { StudyAccessEnum, StudyImageRoleEnum, StudyStateEnum } from "./studyState.type.ts";

@Requires("study:read")
@ObjectType("Study", { implements: NodeInterface, description: "A study in which people vote on what they see in images." })
export class StudyType extends NodeInterface {
  @Field(() => String, { description: "The study's title, which voters see." })
  readonly title!: string;

  @Field(() => StudyStateEnum, { description: "Whether the study is a draft, open to voters, paused or closed." })
  readonly state!: string;

  @Field(() => StudyAccessEnum, { description: "Who may vote." })
  readonly access!: string;

  @Field(() => Int, { description: "Increases with each change. Send it with a change, so that you do not overwrite another user's." })
  readonly revision!: number;

  @Field(() => String, { nullable: true, description: "SHA-256 of the locked plan; null in a draft." })
  readonly planHash!: string | null;

  @Field(() => Int, { description: "Number of counted votes, without those of voters who have withdrawn." })
  readonly voteCount!: number;

  @Field(() => DateTimeScalar, { nullable: true, description: "When the last vote arrived." })
  readonly lastVoteAt!: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: "When the study was opened and its plan locked." })
  readonly openedAt!: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: "When the study was closed." })
  readonly closedAt!: Date | null;

  @Field(() => DateTimeScalar, { description: "When the draft was created." })
  readonly createdAt!: Date;

  @Field(() => DateTimeScalar, { description: "When the study was last changed." })
  readonly updatedAt!: Date;
}

export const studyConnection = connectionTypesOf({ noun: "Study", plural: "studies", node: StudyType, action: "study:read" });

@Requires("study:inspect")
@ObjectType("StudyImage", { description: "An image of a study, with the machine's label and confidence." })
export class StudyImageType {
  @Field(() => StudyImageRoleEnum, { description: "Role of the image in the study." })
  readonly role!: string;

  @Field(() => Int, { description: "Index among the study's images of this role, from 0." })
  readonly index!: number;

  @Field(() => Int, { description: "The class that the machine names; for gold images and exemplars, the class that people see." })
  readonly label!: number;

  @Field(() => Int, { nullable: true, description: "The class of the photograph before it was perturbed." })
  readonly truth!: number | null;

  @Field(() => [Int], { description: "The network's next choices, most probable first." })
  readonly runnersUp!: readonly number[];

  @Field(() => [Int], { description: "Foils chosen by the researcher." })
  readonly foils!: readonly number[];

  @Field(() => String, { description: "The condition of the design to which it belongs; empty without conditions." })
  readonly condition!: string;

  @Field(() => String, { description: "Group of the image, of which a voter sees one image; empty without groups." })
  readonly group!: string;

  @Field(() => String, { description: 'Origin of the image: an encoding, a kind of run, "photograph" or "noise".' })
  readonly source!: string;

  @Field(() => Float, { nullable: true, description: "The machine's confidence on the stored bytes, 0 to 1; null without a machine." })
  readonly confidence!: number | null;

  @Field(() => Int, {
    description: "Counted votes so far. Those of excluded voters are included, those of voters who have withdrawn are not.",
  })
  readonly votes!: number;

  @Field(() => Int, { description: "Number of these votes that agree with the label." })
  readonly agreeing!: number;
}

export const studyImageConnection = connectionTypesOf({
  noun: "StudyImage",
  plural: "images of a study",
  node: StudyImageType,
  action: "study:inspect",
});

@Requires("study:edit")
@ObjectType("StudySuccess", { description: "The study after the change." })
export class StudySuccess {
  @Field(() => StudyType, { description: "The study after the change." })
  readonly study!: unknown;
}

@Requires("study:delete")
@ObjectType("DeleteStudySuccess", { description: "The draft was deleted." })
export class DeleteStudySuccess {
  @Field(() => ID, { description: "ID of the deleted draft." })
  readonly deletedId!: string;
}

const payload = (mutation: string, name: string, success: typeof StudySuccess | typeof DeleteStudySuccess = StudySuccess): object =>
  payloadOf({ name, description: `Result of \`${mutation}\`.`, success, missing: true });

export const CreateStudyPayload = payload("createStudy", "CreateStudyPayload");
export const EditStudyPayload = payload("editStudy", "EditStudyPayload");
export const OpenStudyPayload = payload("openStudy", "OpenStudyPayload");
export const ChangeStudyStatePayload = payload("changeStudyState", "ChangeStudyStatePayload");
export const ForkStudyPayload = payload("forkStudy", "ForkStudyPayload");
export const DeleteStudyPayload = payload("deleteStudy", "DeleteStudyPayload", DeleteStudySuccess);
