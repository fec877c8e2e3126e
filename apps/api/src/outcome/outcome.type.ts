/** What runs of one kind achieved against one model. */
import { Field, Int, ObjectType } from "type-graphql";
import { Requires } from "../policy/requires.ts";

@Requires("run:read")
@ObjectType("Outcome", {
  description:
    "What runs of one kind achieved against one model, in that kind's own unit: classes of an evolution, trajectories of an ascent, attacks of a perturbation, networks of a retraining chain.",
})
export class OutcomeType {
  @Field(() => String, { description: "The kind of run: evolution, ascent, perturbation or retraining." })
  readonly kind!: string;

  @Field(() => Int, { description: "Number of runs pooled." })
  readonly runCount!: number;

  @Field(() => Int, { description: "Results that count as reached, as defined by `reachedMeans`." })
  readonly reached!: number;

  @Field(() => Int, { description: "Total number of results once the runs are done." })
  readonly total!: number;
}
