/** The outcome of runs of one kind against one model. */
import { Field, Int, ObjectType } from "type-graphql";
import { Requires } from "../policy/requires.ts";
import { KindMeasureType } from "./kindMeasure.type.ts";

@Requires("run:read")
@ObjectType("Outcome", {
  description:
    "Results of runs of one kind against one model. They are counted in classes for evolutions, trajectories for ascents, attacks for " +
    "perturbations, and networks for retraining chains.",
})
export class OutcomeType extends KindMeasureType {
  @Field(() => Int, { description: "Number of pooled runs." })
  readonly runCount!: number;

  @Field(() => Int, { description: "Number of results that meet the criterion `reachedMeans`." })
  readonly reached!: number;

  @Field(() => Int, { description: "Number of results once all the runs have ended." })
  readonly total!: number;
}
