/** The input that starts a retraining chain. */
import { retrainingLimits } from "@pareidolia/core/runKinds/retraining";
import { seedLimits } from "@pareidolia/core/runKinds/runKind";
import { Field, ID, InputType, Int } from "type-graphql";
import { JsonScalar } from "../scalars.ts";

const { iterations, name } = retrainingLimits;

@InputType("StartChainInput", { description: "A retraining chain to start." })
export class StartChainInput {
  @Field(() => ID, { description: "The experiment it belongs to (id, or key such as EXP-12)." })
  experimentId!: string;

  @Field(() => ID, { description: "DNN_1, a model trained on the data set." })
  modelId!: string;

  @Field(() => String, { description: `Display name: ${name.minimum} to ${name.maximum} characters.` })
  name!: string;

  @Field(() => String, { description: "Id of a data set; `chainDatasets` lists them." })
  dataset!: string;

  @Field(() => Int, { description: `Retrainings: ${iterations.minimum} to ${iterations.maximum}, as in the paper.` })
  iterations!: number;

  @Field(() => String, { description: "Id of a preset; `chainRecipes` lists them." })
  preset!: string;

  @Field(() => JsonScalar, { nullable: true, description: "Parameters that differ from the preset." })
  parameters?: unknown;

  @Field(() => Int, { description: `${seedLimits.minimum} to ${seedLimits.maximum}. Equal seeds give equal chains.` })
  seed!: number;

  @Field(() => String, {
    nullable: true,
    description: "A unique text, such as a UUID. A second request with the same key returns the chain of the first.",
  })
  idempotencyKey?: string | null;
}
