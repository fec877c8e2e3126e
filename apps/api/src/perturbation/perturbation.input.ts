/** Starts an attack on an image, and filters the results of attacks. */
import { perturbationLimits } from "@pareidolia/core/runKinds/perturbation";
import { seedLimits } from "@pareidolia/core/runKinds/runKind";
import { Field, Float, ID, InputType, Int } from "type-graphql";
import { ParameterValuesScalar } from "../openValue/openValues.ts";
import { SourceCropInput } from "../photo/sourceCrop.type.ts";
import { ResultFilter } from "../result/result.input.ts";
import { FramingInput } from "../run/run.input.ts";
import { runNameField } from "../run/runNameField.ts";

const { bound, bounds } = perturbationLimits;

@InputType("PerturbationFilter", {
  description:
    "Conditions for perturbations, all of which must hold. Labels are those of the perturbed images. " +
    "A condition that is null or absent is ignored.",
})
export class PerturbationFilter extends ResultFilter {
  @Field(() => Boolean, {
    nullable: true,
    description: "True for perturbations that fooled the model, false for those that did not. Default: both.",
  })
  success?: boolean | null;
}

@InputType("StartPerturbationInput", { description: "Input of `startPerturbation`." })
export class StartPerturbationInput {
  @Field(() => ID, { description: "Experiment to which the run is added: an ID, or a key such as EXP-12." })
  experimentId!: string;

  @Field(() => ID, { description: "ID of the model to attack." })
  modelId!: string;

  @Field(() => String, runNameField)
  name?: string | null;

  @Field(() => ID, {
    description: "ID of the Photo or Image to change. It is cropped and scaled to the network's input.",
  })
  sourceId!: string;

  @Field(() => SourceCropInput, {
    nullable: true,
    description: "Part of the image to use. Default: the largest central crop.",
  })
  sourceCrop?: SourceCropInput | null;

  @Field(() => String, { description: "ID of the attack; `attacks` lists them." })
  attack!: string;

  @Field(() => String, { description: "ID of one of the attack's presets." })
  preset!: string;

  @Field(() => ParameterValuesScalar, { nullable: true, description: "Overrides of the preset, by parameter name." })
  parameters?: unknown;

  @Field(() => Int, { nullable: true, description: "Index of the target class. Default: any class other than the original's." })
  target?: number | null;

  @Field(() => [Float], {
    nullable: true,
    description:
      `Bounds to try, in grey levels of the attack's norm: at most ${bounds.maximum}, each from ${bound.minimum} to ${bound.maximum}. ` +
      "Only for attacks with a bound. Default: the attack's own bound, or the smallest change that it finds.",
  })
  bounds?: number[] | null;

  @Field(() => FramingInput, {
    nullable: true,
    description: "How the network scores images larger than its input. Default: the images have the size of the input.",
  })
  framing?: FramingInput | null;

  @Field(() => Int, {
    description: `Random seed: ${seedLimits.minimum} to ${seedLimits.maximum}. The same seed gives the same perturbations.`,
  })
  seed!: number;

  @Field(() => ID, {
    nullable: true,
    description: "The run whose settings this input repeats, perhaps changed (ID, or key such as RUN-142): `Run.rerunOf`. Default: none.",
  })
  rerunOfId?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "A unique key, such as a UUID, of 1 to 200 characters. A second request with the same key returns the run of the first.",
  })
  idempotencyKey?: string | null;
}
