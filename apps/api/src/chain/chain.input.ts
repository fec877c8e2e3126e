/** What starts a retraining chain. */
import { Field, ID, InputType, Int } from "type-graphql";
import { JsonScalar } from "../scalars.ts";

@InputType("StartChainInput", { description: "A retraining chain to be." })
export class StartChainInput {
  @Field(() => ID, { description: "The experiment it belongs to (id, or key such as EXP-12)." })
  experimentId!: string;

  @Field(() => ID, { description: "DNN_1: a model of the data set." })
  modelId!: string;

  @Field(() => String, { description: "For people, 1 to 200 characters." })
  name!: string;

  @Field(() => String, { description: "The id of a data set; `chainDatasets` lists them." })
  dataset!: string;

  @Field(() => Int, { description: "Retrainings, 1 to 15 as in the paper." })
  iterations!: number;

  @Field(() => String, { description: "The id of a preset; `chainRecipes` lists them." })
  preset!: string;

  @Field(() => JsonScalar, { nullable: true, description: "Only those that differ from the preset." })
  parameters?: unknown;

  @Field(() => Int, { description: "0 to 2147483647. Equal seeds give equal chains." })
  seed!: number;

  @Field(() => String, {
    nullable: true,
    description: "A word of your own, such as a UUID: a second request with it returns the first one's chain.",
  })
  idempotencyKey?: string | null;
}
