/** A stored network, of the product or of a workspace. */
import { Field, Float, Int, ObjectType } from "type-graphql";
import { NodeInterface } from "../node/node.type.ts";
import { connectionTypesOf } from "../pagination/connection.ts";
import { DateTimeScalar } from "../scalars.ts";

@ObjectType("Model", { implements: NodeInterface, description: "A stored network that can be fooled." })
export class ModelType extends NodeInterface {
  @Field(() => String, { description: "Its short name in the zoo, such as `lenet`." })
  readonly slug!: string;

  @Field(() => String, { description: "For people." })
  readonly name!: string;

  @Field(() => String, { description: "What it is and what it was trained on." })
  readonly description!: string;

  @Field(() => String, { description: "Under which terms its weights may be used." })
  readonly licence!: string;

  @Field(() => String, { description: "Where its weights come from." })
  readonly source!: string;

  @Field(() => String, { description: "SHA-256 of its file, in hexadecimal." })
  readonly sha256!: string;

  @Field(() => Int, { description: "Width of its input in pixels." })
  readonly width!: number;

  @Field(() => Int, { description: "Height of its input in pixels." })
  readonly height!: number;

  @Field(() => Int, { description: "1 for grey input, 3 for colour." })
  readonly channels!: number;

  @Field(() => [String], { description: "The names of its classes, in order: a run has one niche for each." })
  readonly labels!: readonly string[];

  @Field(() => Float, { nullable: true, description: "Share of its test set that it labels wrongly, when known." })
  readonly testError!: number | null;

  @Field(() => DateTimeScalar, { description: "When it was stored here." })
  readonly createdAt!: Date;
}

export const modelConnection = connectionTypesOf("Model", "models", ModelType);
