/** The input that starts a gradient ascent. */
import { ascentLimits, defaultClasses, defaultStarts } from "@pareidolia/core/runKinds/ascent";
import { seedLimits } from "@pareidolia/core/runKinds/runKind";
import { Field, ID, InputType, Int } from "type-graphql";
import { ParameterValuesScalar } from "../openValue/openValues.ts";
import { SourceCropInput } from "../photo/sourceCrop.type.ts";
import { FramingInput } from "../run/run.input.ts";
import { runNameField } from "../run/runNameField.ts";

const { classes, configurations, starts, trajectories } = ascentLimits;

@InputType("AscentSearchInput", { description: "A random search over the parameters of an ascent." })
export class AscentSearchInput {
  @Field(() => Int, {
    description: `Number of configurations to draw: ${configurations.minimum} to ${configurations.maximum}.`,
  })
  configurations!: number;

  @Field(() => [String], {
    nullable: true,
    description:
      "Names of the parameters to draw, from `searchSpace` of `ascents`. Default: all of them. " +
      "Other parameters keep the values of the input.",
  })
  parameters?: string[] | null;
}

@InputType("StartAscentInput", { description: "Input of `startAscent`." })
export class StartAscentInput {
  @Field(() => ID, { description: "Experiment to which the run is added: an ID, or a key such as EXP-12." })
  experimentId!: string;

  @Field(() => ID, { description: "ID of the model to fool." })
  modelId!: string;

  @Field(() => String, runNameField)
  name?: string | null;

  @Field(() => String, { nullable: true, description: "ID of the ascent; `ascents` lists them. Default: the first one listed." })
  ascent?: string | null;

  @Field(() => String, { description: "ID of one of the ascent's presets." })
  preset!: string;

  @Field(() => ParameterValuesScalar, { nullable: true, description: "Overrides of the preset, by parameter name." })
  parameters?: unknown;

  @Field(() => [Int], {
    nullable: true,
    description: `Indices of 1 to ${classes.maximum} different classes to maximise. Default: the model's first ${defaultClasses}.`,
  })
  classes?: number[] | null;

  @Field(() => Int, {
    nullable: true,
    description: `Number of start images per class: ${starts.minimum} to ${starts.maximum}. Default: ${defaultStarts}.`,
  })
  starts?: number | null;

  @Field(() => ID, {
    nullable: true,
    description: "ID of the Photo or Image to start from. Required if the parameter `start` is `image`, not allowed otherwise.",
  })
  sourceId?: string | null;

  @Field(() => SourceCropInput, {
    nullable: true,
    description: "Part of the image to start from. Only with `sourceId`. Default: the largest central crop.",
  })
  sourceCrop?: SourceCropInput | null;

  @Field(() => FramingInput, {
    nullable: true,
    description: "How the network scores images larger than its input. Default: the images have the size of the input.",
  })
  framing?: FramingInput | null;

  @Field(() => AscentSearchInput, {
    nullable: true,
    description:
      `Random search: runs every class and start with each drawn configuration, at most ${trajectories.maximum.toLocaleString("en")} ` +
      "trajectories. Default: none.",
  })
  search?: AscentSearchInput | null;

  @Field(() => Int, { description: `Random seed: ${seedLimits.minimum} to ${seedLimits.maximum}. The same seed gives the same ascent.` })
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
