/** Input that starts an evolution. */
import { defaultOffspring, evolutionLimits } from "@pareidolia/core/runKinds/evolution";
import { seedLimits } from "@pareidolia/core/runKinds/runKind";
import { Field, ID, InputType, Int } from "type-graphql";
import { ParameterValuesScalar } from "../openValue/openValues.ts";
import { FramingInput } from "../run/run.input.ts";
import { runNameField } from "../run/runNameField.ts";

const { generations, offspring } = evolutionLimits;

@InputType("StartEvolutionInput", { description: "Input of `startEvolution`." })
export class StartEvolutionInput {
  @Field(() => ID, { description: "The experiment to start the run in (ID, or key such as EXP-12)." })
  experimentId!: string;

  @Field(() => ID, { description: "The model to fool." })
  modelId!: string;

  @Field(() => String, runNameField)
  name?: string | null;

  @Field(() => String, { description: "ID of an encoding; `encodings` lists them." })
  encoding!: string;

  @Field(() => String, { description: "ID of one of the encoding's presets." })
  preset!: string;

  @Field(() => ParameterValuesScalar, {
    nullable: true,
    description: "Values by parameter name that override the preset: parameters of the encoding and of the search. Default: none.",
  })
  parameters?: unknown;

  @Field(() => Int, {
    description: `Seed of the random numbers, ${seedLimits.minimum} to ${seedLimits.maximum}. Equal inputs give equal results.`,
  })
  seed!: number;

  @Field(() => FramingInput, {
    nullable: true,
    description: "How images larger than the network's input are cropped for it. Default: images have the size of the input.",
  })
  framing?: FramingInput | null;

  @Field(() => Int, {
    description: `Number of generations after generation 0, ${generations.minimum} to ${generations.maximum}.`,
  })
  generations!: number;

  @Field(() => Int, {
    nullable: true,
    description: `Individuals per generation: an even number, ${offspring.minimum} to ${offspring.maximum}. Default: ${defaultOffspring}.`,
  })
  offspring?: number | null;

  @Field(() => ID, {
    nullable: true,
    description: "The run whose settings this input repeats, perhaps changed (ID, or key such as RUN-142): `Run.rerunOf`. Default: none.",
  })
  rerunOfId?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "A unique string, such as a UUID, of at most 200 characters. A repeated request with the same key returns the same run.",
  })
  idempotencyKey?: string | null;
}
