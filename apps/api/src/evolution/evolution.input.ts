/** The input that starts an evolution. */
import { defaultOffspring, evolutionLimits } from "@pareidolia/core/runKinds/evolution";
import { seedLimits } from "@pareidolia/core/runKinds/runKind";
import { Field, ID, InputType, Int } from "type-graphql";
import { FramingInput } from "../run/run.input.ts";
import { JsonScalar } from "../scalars.ts";

const { generations, offspring } = evolutionLimits;

@InputType("StartEvolutionInput", { description: "An evolution to start." })
export class StartEvolutionInput {
  @Field(() => ID, { description: "The experiment it belongs to (id, or key such as EXP-12)." })
  experimentId!: string;

  @Field(() => ID, { description: "The model to fool." })
  modelId!: string;

  @Field(() => String, { description: "The id of an encoding; `encodings` lists them." })
  encoding!: string;

  @Field(() => String, { description: "The id of one of the encoding's presets." })
  preset!: string;

  @Field(() => JsonScalar, { nullable: true, description: "Parameters of the encoding and of the search that differ from the preset." })
  parameters?: unknown;

  @Field(() => Int, { description: `${seedLimits.minimum} to ${seedLimits.maximum}. Equal seeds give equal runs.` })
  seed!: number;

  @Field(() => FramingInput, {
    nullable: true,
    description: "How images larger than the network's input are fed to it. Default: images of the input's size.",
  })
  framing?: FramingInput | null;

  @Field(() => Int, {
    description: `Generations after generation 0: ${generations.minimum} to ${generations.maximum}.`,
  })
  generations!: number;

  @Field(() => Int, {
    nullable: true,
    description: `Individuals in each generation: even, ${offspring.minimum} to ${offspring.maximum}. Default: ${defaultOffspring}.`,
  })
  offspring?: number | null;

  @Field(() => String, {
    nullable: true,
    description: "A unique text, such as a UUID. A second request with the same key returns the run of the first.",
  })
  idempotencyKey?: string | null;
}

@InputType("StartRunInput", { description: "An evolution to start; the input of the deprecated `startRun`." })
export class StartRunInput extends StartEvolutionInput {}
