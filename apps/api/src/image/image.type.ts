/** A stored image. */
import { Field, Int, ObjectType } from "type-graphql";
import { NodeInterface } from "../node/node.type.ts";
import { connectionTypesOf } from "../pagination/connection.ts";
import { Requires } from "../policy/requires.ts";
import { DateTimeScalar } from "../scalars.ts";

@Requires("image:read")
@ObjectType("Image", { implements: NodeInterface, description: "A stored image: an immutable PNG, identified by the hash of its content." })
export class ImageType extends NodeInterface {
  @Field(() => String, { description: "SHA-256 of the PNG, in hexadecimal." })
  readonly sha256!: string;

  @Field(() => Int, { description: "Width, in pixels." })
  readonly width!: number;

  @Field(() => Int, { description: "Height, in pixels." })
  readonly height!: number;

  @Field(() => Int, { description: "Number of channels: 1 for grey, 3 for colour." })
  readonly channels!: number;

  @Field(() => Int, { description: "Size of the PNG, in bytes." })
  readonly byteLength!: number;

  @Field(() => DateTimeScalar, { description: "When the image was stored." })
  readonly createdAt!: Date;
}

export const imageConnection = connectionTypesOf({ noun: "Image", plural: "images", node: ImageType, action: "image:read" });
