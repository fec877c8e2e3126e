/** The input that forks a run. */
import { seedLimits } from "@pareidolia/core/runKinds/runKind";
import { Field, ID, InputType, Int } from "type-graphql";
import { ParameterValuesScalar } from "../openValue/openValues.ts";

@InputType("ForkRunInput", { description: "Input of `forkRun`." })
export class ForkRunInput {
  @Field(() => ID, { description: "The evolution or retraining chain to fork: its ID, or its key, such as RUN-142." })
  runId!: string;

  @Field(() => Int, {
    description:
      "The last generation that the fork has from the run, from 0 to its last stored generation; of a retraining chain, the number of finished links, from 1.",
  })
  generation!: number;

  @Field(() => ParameterValuesScalar, {
    nullable: true,
    description:
      "Changed parameters by name. The parameters that decide how a genome becomes an image cannot change, because the archive's " +
      "confidences would not hold any more. Default: none.",
  })
  parameters?: unknown;

  @Field(() => Int, {
    nullable: true,
    description:
      "Number of generations of the fork after generation 0, more than `generation`; of a retraining chain, the number of retrained networks. Default: as the run.",
  })
  generations?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: `Seed of the fork's random numbers, ${seedLimits.minimum} to ${seedLimits.maximum}. Default: as the run, so that a fork without changes repeats it.`,
  })
  seed?: number | null;

  @Field(() => String, {
    nullable: true,
    description: "A unique string, such as a UUID, of at most 200 characters. A repeated request with the same key returns the same fork.",
  })
  idempotencyKey?: string | null;
}
