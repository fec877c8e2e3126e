/** A stored picture. */
import { Field, Int, ObjectType } from "type-graphql";
import { NodeInterface } from "../node/node.type.ts";
import { connectionTypesOf } from "../pagination/connection.ts";
import { Requires } from "../policy/requires.ts";
import { DateTimeScalar } from "../scalars.ts";

@Requires("image:read")
@ObjectType("Image", { implements: NodeInterface, description: "A stored picture, named by its content: a PNG that never changes." })
export class ImageType extends NodeInterface {
  @Field(() => String, { description: "SHA-256 of the PNG, in hexadecimal." })
  readonly sha256!: string;

  @Field(() => Int, { description: "In pixels." })
  readonly width!: number;

  @Field(() => Int, { description: "In pixels." })
  readonly height!: number;

  @Field(() => Int, { description: "1 is grey, 3 is colour." })
  readonly channels!: number;

  @Field(() => Int, { description: "Size of the PNG." })
  readonly byteLength!: number;

  @Field(() => DateTimeScalar, { description: "When it was stored." })
  readonly createdAt!: Date;
}

export const imageConnection = connectionTypesOf({ noun: "Image", plural: "images", node: ImageType, action: "image:read" });
