/** Inputs of the mutations that lock and unlock. */
import { Field, ID, InputType } from "type-graphql";

@InputType("LockRunsInput", { description: "Input of `lockRuns` and `unlockRuns`." })
export class LockRunsInput {
  @Field(() => [ID], { description: "IDs or keys of the runs, 1 to 500." })
  runIds!: string[];
}

@InputType("LockExperimentInput", { description: "Input of `lockExperiment` and `unlockExperiment`." })
export class LockExperimentInput {
  @Field(() => ID, { description: "ID or key of the experiment." })
  experimentId!: string;
}
