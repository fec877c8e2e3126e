/** A configuration of a random search. */
import { Field, Float, Int, ObjectType } from "type-graphql";
import { ParameterValuesScalar } from "../openValue/openValues.ts";
import { Requires } from "../policy/requires.ts";

@Requires("trajectory:read")
@ObjectType("AscentConfiguration", {
  description: "A set of parameter values drawn by a random search, and used for every class and start.",
})
export class AscentConfigurationType {
  @Field(() => Int, {
    description: "Index of the configuration, starting at 0. It determines the drawn values together with the run's seed.",
  })
  readonly index!: number;

  @Field(() => Int, {
    description:
      "Rank among all configurations of the run, starting at 1: by `foolingCount`, then higher `median`, then fewer steps, then lower " +
      "index. Configurations without results come last.",
  })
  readonly rank!: number;

  @Field(() => ParameterValuesScalar, {
    description: "Drawn values, by parameter name. All other parameters have the values of the run's `parameters`.",
  })
  readonly parameters!: unknown;

  @Field(() => Int, { description: "Number of trajectories stored so far." })
  readonly stored!: number;

  @Field(() => Int, { description: "Number of stored trajectories that are complete." })
  readonly ended!: number;

  @Field(() => Int, {
    description:
      "Number of trajectories that reached .9999 at any step, measured on stored bytes. " +
      "In contrast, `Run.foolingCount` counts last images.",
  })
  readonly foolingCount!: number;

  @Field(() => Float, { nullable: true, description: "Median of the steps at which those trajectories reached .9999; null if none has." })
  readonly medianFoolingStep!: number | null;

  @Field(() => Float, { nullable: true, description: "Median confidence of the last stored images, 0 to 1; null if none is stored." })
  readonly median!: number | null;
}
