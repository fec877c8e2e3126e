/** One class's ascent from one start, by one configuration: where it stands, how it got there, and pictures on the way. */
import { Field, Float, Int, ObjectType } from "type-graphql";
import { NodeInterface } from "../node/node.type.ts";
import { connectionTypesOf } from "../pagination/connection.ts";
import { Requires } from "../policy/requires.ts";
import { DateTimeScalar } from "../scalars.ts";

@Requires("trajectory:read")
@ObjectType("Trajectory", { implements: NodeInterface, description: "One class's ascent from one start image." })
export class TrajectoryType extends NodeInterface {
  @Field(() => Int, { description: "Of a search: which of its configurations; 0 otherwise." })
  readonly configuration!: number;

  @Field(() => Int, { description: "The class that it climbs towards." })
  readonly class!: number;

  @Field(() => String, { description: "That class's name." })
  readonly label!: string;

  @Field(() => Int, { description: "Which start, from 0." })
  readonly start!: number;

  @Field(() => Int, { description: "The last stored step; 0 is the start image." })
  readonly step!: number;

  @Field(() => Boolean, { description: "Whether no step follows." })
  readonly ended!: boolean;

  @Field(() => Float, { description: "Confidence in the class at that step that the ascent saw, on float pixels." })
  readonly confidence!: number;

  @Field(() => Float, { description: "Confidence in the class on the decoded bytes of the stored image." })
  readonly storedConfidence!: number;

  @Field(() => DateTimeScalar, { description: "When its first step was stored." })
  readonly createdAt!: Date;
}

@Requires("trajectory:read")
@ObjectType("CurvePoint", { description: "A recorded step of an ascent." })
export class CurvePointType {
  @Field(() => Int, { description: "Which step." })
  readonly step!: number;

  @Field(() => Float, { description: "Confidence in the class, on float pixels." })
  readonly confidence!: number;

  @Field(() => Float, { description: "Confidence in the class, on the bytes that would be stored." })
  readonly storedConfidence!: number;

  @Field(() => Float, {
    description:
      "How far the image is from the mean colour that the network's pre-processing subtracts, or from mid-grey where it subtracts none: Euclidean length, in grey levels.",
  })
  readonly norm!: number;
}

@Requires("trajectory:read")
@ObjectType("TrajectoryMilestone", { description: "The first step at which a trajectory reached a level of confidence." })
export class TrajectoryMilestoneType {
  @Field(() => Float, { description: ".5, .9, .99, .999 or .9999; 0 is the start image." })
  readonly level!: number;

  @Field(() => Int, { description: "Which step." })
  readonly step!: number;

  @Field(() => Float, { description: "Confidence in the class there, on float pixels." })
  readonly confidence!: number;

  @Field(() => Float, { description: "Confidence in the class on the stored image." })
  readonly storedConfidence!: number;
}

export const trajectoryConnection = connectionTypesOf({
  noun: "Trajectory",
  plural: "trajectories",
  node: TrajectoryType,
  action: "trajectory:read",
});
