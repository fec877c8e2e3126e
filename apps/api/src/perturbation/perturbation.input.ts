/** Starts an attack on an image, and filters the results of all attacks. */
import { perturbationLimits } from "@pareidolia/core/runKinds/perturbation";
import { seedLimits } from "@pareidolia/core/runKinds/runKind";
import { Field, Float, ID, InputType, Int } from "type-graphql";
import { SourceCropInput } from "../photo/sourceCrop.type.ts";
import { ResultFilter } from "../result/result.input.ts";
import { FramingInput } from "../run/run.input.ts";
import { JsonScalar } from "../scalars.ts";

const { bound, bounds } = perturbationLimits;

@InputType("PerturbationFilter", {
  description: "Filters perturbations; all conditions must hold. Labels are those of the perturbed images.",
})
export class PerturbationFilter extends ResultFilter {
  @Field(() => Boolean, { nullable: true, description: "True: only perturbations that fooled the model. False: only those that failed." })
  success?: boolean | null;
}

@InputType("StartPerturbationInput", { description: "An attack on a photograph to start." })
export class StartPerturbationInput {
  @Field(() => ID, { description: "The experiment it belongs to (id, or key such as EXP-12)." })
  experimentId!: string;

  @Field(() => ID, { description: "The model to fool." })
  modelId!: string;

  @Field(() => ID, {
    description: "Id of the Photo or Image to change. It is cropped and scaled to the network's input.",
  })
  sourceId!: string;

  @Field(() => SourceCropInput, {
    nullable: true,
    description: "The part of the image to use. Default: the largest central part.",
  })
  sourceCrop?: SourceCropInput | null;

  @Field(() => String, { description: "The id of an attack; `attacks` lists them." })
  attack!: string;

  @Field(() => String, { description: "The id of one of the attack's presets." })
  preset!: string;

  @Field(() => JsonScalar, { nullable: true, description: "Parameters that differ from the preset." })
  parameters?: unknown;

  @Field(() => Int, { nullable: true, description: "The class to reach. Default: any class other than the photograph's own." })
  target?: number | null;

  @Field(() => [Float], {
    nullable: true,
    description:
      `Bounds to try, for attacks with a bound: at most ${bounds.maximum}, each at least ${bound.minimum} grey level in the attack's norm. ` +
      "Default: the attack's own bound, or the smallest that it finds.",
  })
  bounds?: number[] | null;

  @Field(() => FramingInput, {
    nullable: true,
    description: "How images larger than the network's input are fed to it. Default: images of the input's size.",
  })
  framing?: FramingInput | null;

  @Field(() => Int, { description: `${seedLimits.minimum} to ${seedLimits.maximum}. Equal seeds give equal perturbations.` })
  seed!: number;

  @Field(() => String, {
    nullable: true,
    description: "A unique text, such as a UUID. A second request with the same key returns the run of the first.",
  })
  idempotencyKey?: string | null;
}
