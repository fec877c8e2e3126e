/** The input that starts a retraining chain. */
import { retrainingLimits } from "@pareidolia/core/runKinds/retraining";
import { seedLimits } from "@pareidolia/core/runKinds/runKind";
import { Field, ID, InputType, Int } from "type-graphql";
import { ParameterValuesScalar } from "../openValue/openValues.ts";

const { iterations, name } = retrainingLimits;

@InputType("StartChainInput", { description: "Input of `startChain`." })
export class StartChainInput {
  @Field(() => ID, { description: "The experiment to start the chain in (ID, or key such as EXP-12)." })
  experimentId!: string;

  @Field(() => ID, { description: "ID of DNN_1, a model trained on the data set and with the same number of classes." })
  modelId!: string;

  @Field(() => String, { description: `Display name: ${name.minimum} to ${name.maximum} characters.` })
  name!: string;

  @Field(() => String, { description: "ID of a data set; `chainDatasets` lists them." })
  dataset!: string;

  @Field(() => Int, {
    description: `Networks to train after DNN_1, ${iterations.minimum} to ${iterations.maximum}. The paper trains ${iterations.maximum}.`,
  })
  iterations!: number;

  @Field(() => String, { description: "ID of a preset; `chainRecipes` lists them." })
  preset!: string;

  @Field(() => ParameterValuesScalar, { nullable: true, description: "Values by parameter name that override the preset. Default: none." })
  parameters?: unknown;

  @Field(() => Int, {
    description: `Seed of the random numbers, ${seedLimits.minimum} to ${seedLimits.maximum}. Equal inputs give equal results.`,
  })
  seed!: number;

  @Field(() => ID, {
    nullable: true,
    description: "The run whose settings this input repeats, perhaps changed (ID, or key such as RUN-142): `Run.rerunOf`. Default: none.",
  })
  rerunOfId?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "A unique string, such as a UUID, of at most 200 characters. A repeated request with the same key returns the same chain.",
  })
  idempotencyKey?: string | null;
}
