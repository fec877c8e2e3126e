/** The part of an image that a run uses, as input and as output. */
import type { SourceCrop } from "@pareidolia/core/sourceCrop";
import { Field, Float, InputType, ObjectType } from "type-graphql";
import { Requires } from "../policy/requires.ts";

const words = {
  type: "The part of an image that a network sees, in the proportions of its input.",
  x: "Centre of the part as a share of the image's width, 0 to 1.",
  y: "Centre of the part as a share of the image's height, 0 to 1.",
  size: "Size of the part as a share of the largest one that fits, 0.1 to 1.",
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
