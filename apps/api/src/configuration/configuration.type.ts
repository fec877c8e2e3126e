/** One of the configurations that a random search climbs by. */
import { Field, Float, Int, ObjectType } from "type-graphql";
import { Requires } from "../policy/requires.ts";
import { JsonScalar } from "../scalars.ts";

@Requires("trajectory:read")
@ObjectType("AscentConfiguration", { description: "One drawn set of parameter values, by which a search climbs from every start." })
export class AscentConfigurationType {
  @Field(() => Int, { description: "Which one, from 0; with the seed it decides what was drawn." })
  readonly index!: number;

  @Field(() => Int, {
    description:
      "Its place among all of the run's, from 1: more trajectories at .9999 first, then the higher median, then fewer steps, then the lower index. Those with nothing stored come last.",
  })
  readonly rank!: number;

  @Field(() => JsonScalar, { description: "What was drawn, by name. All other values are the run's `parameters`." })
  readonly parameters!: unknown;

  @Field(() => Int, { description: "Trajectories that are stored so far." })
  readonly stored!: number;

  @Field(() => Int, { description: "Those of them that have ended." })
  readonly ended!: number;

  @Field(() => Int, {
    description: "Those that reached .9999 at some step, measured on stored bytes; a run's own count is of the last images.",
  })
  readonly foolingCount!: number;

  @Field(() => Float, { nullable: true, description: "Median, over those, of the step at which they did; null while none has." })
  readonly medianFoolingStep!: number | null;

  @Field(() => Float, { nullable: true, description: "Median confidence of the last stored images; null while none is stored." })
  readonly median!: number | null;
}
