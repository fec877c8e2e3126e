/** The input of a start that is only planned. */
import { Field, InputType } from "type-graphql";
import { ForkRunInput } from "../fork/fork.input.ts";
import { RunInput } from "../run/run.input.ts";
import { SweepRunInput } from "../sweep/sweep.input.ts";

@InputType("PlanRunInput", {
  description:
    "Input of `planRun`: exactly one of its fields. An empty `experimentId` stands for an experiment that is still to be created; any other is checked.",
})
export class PlanRunInput extends SweepRunInput {
  @Field(() => ForkRunInput, { nullable: true, description: "A fork of a run; its experiment is that of the run." })
  fork?: ForkRunInput | null;

  @Field(() => RunInput, { nullable: true, description: "A run that starts again with its own seed, in its experiment." })
  rerun?: RunInput | null;
}
