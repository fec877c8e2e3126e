/** The input that starts a gradient ascent. */
import { ascentLimits, defaultClasses, defaultStarts } from "@pareidolia/core/runKinds/ascent";
import { seedLimits } from "@pareidolia/core/runKinds/runKind";
import { Field, ID, InputType, Int } from "type-graphql";
import { SourceCropInput } from "../photo/sourceCrop.type.ts";
import { FramingInput } from "../run/run.input.ts";
import { JsonScalar } from "../scalars.ts";

const { classes, configurations, starts, trajectories } = ascentLimits;

@InputType("AscentSearchInput", { description: "A random search over an ascent's parameters." })
export class AscentSearchInput {
  @Field(() => Int, {
    description: `How many configurations to draw: ${configurations.minimum} to ${configurations.maximum}.`,
  })
  configurations!: number;

  @Field(() => [String], {
    nullable: true,
    description:
      "The names of those that are drawn; `searchSpace` of `ascents` lists them. Left out: all. The others keep the input's values.",
  })
  parameters?: string[] | null;
}

@InputType("StartAscentInput", { description: "A gradient ascent to start." })
export class StartAscentInput {
  @Field(() => ID, { description: "The experiment it belongs to (id, or key such as EXP-12)." })
  experimentId!: string;

  @Field(() => ID, { description: "The model to fool." })
  modelId!: string;

  @Field(() => String, { nullable: true, description: "Id of an ascent; `ascents` lists them. Default: the first." })
  ascent?: string | null;

  @Field(() => String, { description: "The id of one of the ascent's presets." })
  preset!: string;

  @Field(() => JsonScalar, { nullable: true, description: "Parameters that differ from the preset, the number of steps included." })
  parameters?: unknown;

  @Field(() => [Int], {
    nullable: true,
    description: `The classes to climb towards, at most ${classes.maximum}. Default: the model's first ${defaultClasses}.`,
  })
  classes?: number[] | null;

  @Field(() => Int, {
    nullable: true,
    description: `Start images per class: ${starts.minimum} to ${starts.maximum}. Default: ${defaultStarts}.`,
  })
  starts?: number | null;

  @Field(() => ID, { nullable: true, description: "Id of the Photo or Image to start from. Required if the parameter `start` is `image`." })
  sourceId?: string | null;

  @Field(() => SourceCropInput, {
    nullable: true,
    description: "The part of the image to use. Default: the largest central part.",
  })
  sourceCrop?: SourceCropInput | null;

  @Field(() => FramingInput, {
    nullable: true,
    description: "How images larger than the network's input are fed to it. Default: images of the input's size.",
  })
  framing?: FramingInput | null;

  @Field(() => AscentSearchInput, {
    nullable: true,
    description: `Draws configurations, and climbs with each towards all classes from all starts: at most ${trajectories.maximum.toLocaleString("en")} trajectories.`,
  })
  search?: AscentSearchInput | null;

  @Field(() => Int, { description: `${seedLimits.minimum} to ${seedLimits.maximum}. Equal seeds give equal ascents.` })
  seed!: number;

  @Field(() => String, {
    nullable: true,
    description: "A unique text, such as a UUID. A second request with the same key returns the run of the first.",
  })
  idempotencyKey?: string | null;
}
