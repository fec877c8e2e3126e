/** The part of an image that a run uses, as input and as output. */
import type { SourceCrop } from "@pareidolia/core/sourceCrop";
import { Field, Float, InputType, ObjectType } from "type-graphql";
import { Requires } from "../policy/requires.ts";

const words = {
  type: "The part of an image that a run starts from, with the aspect ratio of the network's input.",
  x: "Centre of the crop as a fraction of the image's width, 0 to 1.",
  y: "Centre of the crop as a fraction of the image's height, 0 to 1.",
  size: "Size of the crop as a fraction of the largest crop that fits, 0.1 to 1.",
};

@InputType("SourceCropInput", { description: words.type })
export class SourceCropInput implements SourceCrop {
  @Field(() => Float, { description: words.x })
  x!: number;

  @Field(() => Float, { description: words.y })
  y!: number;

  @Field(() => Float, { description: words.size })
  size!: number;
}

@Requires("run:read")
@ObjectType("SourceCrop", { description: words.type })
export class SourceCropType implements SourceCrop {
  @Field(() => Float, { description: words.x })
  readonly x!: number;

  @Field(() => Float, { description: words.y })
  readonly y!: number;

  @Field(() => Float, { description: words.size })
  readonly size!: number;
}
