/** The ascent of one class from one start with one configuration, with its curve and milestones. */
import { Field, Float, Int, ObjectType } from "type-graphql";
import { NodeInterface } from "../node/node.type.ts";
import { connectionTypesOf } from "../pagination/connection.ts";
import { Requires } from "../policy/requires.ts";
import { DateTimeScalar } from "../scalars.ts";

@Requires("trajectory:read")
@ObjectType("Trajectory", {
  implements: NodeInterface,
  description: "The ascent of one class from one start image with one configuration.",
})
export class TrajectoryType extends NodeInterface {
  @Field(() => Int, { description: "Index of its configuration in a random search; 0 without a search." })
  readonly configuration!: number;

  @Field(() => Int, { description: "Index of the class whose confidence the ascent increases." })
  readonly class!: number;

  @Field(() => String, { description: "Label of the class." })
  readonly label!: string;

  @Field(() => Int, { description: "Index of the start image, starting at 0." })
  readonly start!: number;

  @Field(() => Int, { description: "Last stored step; 0 is the start image." })
  readonly step!: number;

  @Field(() => Boolean, { description: "Whether the trajectory is complete." })
  readonly ended!: boolean;

  @Field(() => Float, {
    name: "searchConfidence",
    description: "Confidence in the class at the last stored step of the search, on float pixels, 0 to 1.",
  })
  readonly confidence!: number;

  @Field(() => Float, { description: "Confidence in the class on the decoded bytes of the stored image, 0 to 1." })
  readonly storedConfidence!: number;

  @Field(() => DateTimeScalar, { description: "When the first step was stored." })
  readonly createdAt!: Date;
}

@Requires("trajectory:read")
@ObjectType("CurvePoint", { description: "A recorded step of a trajectory." })
export class CurvePointType {
  @Field(() => Int, { description: "Number of the step; 0 is the start image." })
  readonly step!: number;

  @Field(() => Float, {
    name: "searchConfidence",
    description: "Confidence in the class at this step of the search, on float pixels, 0 to 1.",
  })
  readonly confidence!: number;

  @Field(() => Float, { description: "Confidence in the class at this step, on pixels rounded to bytes as in a stored image." })
  readonly storedConfidence!: number;

  @Field(() => Float, {
    description:
      "Euclidean distance, in grey levels, of the image from the mean colour that the pre-processing subtracts, or from mid-grey if it " +
      "subtracts none.",
  })
  readonly norm!: number;
}

@Requires("trajectory:read")
@ObjectType("TrajectoryMilestone", { description: "The first step at which a trajectory reached a confidence level." })
export class TrajectoryMilestoneType {
  @Field(() => Float, { description: "The confidence level: .5, .9, .99, .999 or .9999; 0 for the start image." })
  readonly level!: number;

  @Field(() => Int, { description: "Number of the step; 0 is the start image." })
  readonly step!: number;

  @Field(() => Float, {
    name: "searchConfidence",
    description: "Confidence in the class at this step of the search, on float pixels, 0 to 1.",
  })
  readonly confidence!: number;

  @Field(() => Float, { description: "Confidence in the class on the stored image of this step, 0 to 1." })
  readonly storedConfidence!: number;
}

export const trajectoryConnection = connectionTypesOf({
  noun: "Trajectory",
  plural: "trajectories",
  node: TrajectoryType,
  action: "trajectory:read",
});
