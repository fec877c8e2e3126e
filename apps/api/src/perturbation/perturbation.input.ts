/** Starts an attack on an image, and filters the results of all attacks. */
import { Field, Float, ID, InputType, Int } from "type-graphql";
import { SourceCropInput } from "../photo/sourceCrop.type.ts";
import { ResultFilter } from "../result/result.input.ts";
import { FramingInput } from "../run/run.input.ts";
import { JsonScalar } from "../scalars.ts";

@InputType("PerturbationFilter", {
  description: "Filters perturbations; all conditions must hold. Labels are those of the perturbed images.",
})
export class PerturbationFilter extends ResultFilter {
  @Field(() => Boolean, { nullable: true, description: "True: only perturbations that fooled the model. False: only those that failed." })
  success?: boolean | null;
}

@InputType("StartPerturbationInput", { description: "An attack on a photograph to be." })
export class StartPerturbationInput {
  @Field(() => ID, { description: "The experiment it belongs to (id, or key such as EXP-12)." })
  experimentId!: string;

  @Field(() => ID, { description: "The model to fool." })
  modelId!: string;

  @Field(() => ID, {
    description: "The photograph or stored image to begin from: its Photo or Image id. It is cut and scaled to the input.",
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

  @Field(() => JsonScalar, { nullable: true, description: "Only those that differ from the preset." })
  parameters?: unknown;

  @Field(() => Int, { nullable: true, description: "The class to reach; left out, any other than the photograph's own will do." })
  target?: number | null;

  @Field(() => [Float], {
    nullable: true,
    description:
      "Bounds to try one after the other, for attacks that have one: at most 64, each from 1 grey level up, in the attack's norm. Left out, the attack's own bound, or the smallest that it finds.",
  })
  bounds?: number[] | null;

  @Field(() => FramingInput, { nullable: true, description: "How the image meets the network; left out, it has its own size." })
  framing?: FramingInput | null;

  @Field(() => Int, { description: "0 to 2147483647. Equal seeds give equal perturbations." })
  seed!: number;

  @Field(() => String, {
    nullable: true,
    description: "A word of your own, such as a UUID: a second request with it returns the first one's run.",
  })
  idempotencyKey?: string | null;
}
