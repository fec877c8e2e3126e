/** The label and confidence that one model gives one stored image. */
import { Field, Float, Int, ObjectType } from "type-graphql";
import { NodeInterface } from "../node/node.type.ts";
import { connectionTypesOf } from "../pagination/connection.ts";
import { Requires } from "../policy/requires.ts";

@Requires("score:read")
@ObjectType("Score", {
  implements: NodeInterface,
  description: "The label and confidence that one model gives one stored image, measured on the image's decoded bytes.",
})
export class ScoreType extends NodeInterface {
  @Field(() => Int, { description: "Index of the class with the highest probability." })
  readonly topClass!: number;

  @Field(() => String, { description: "Label of that class." })
  readonly topLabel!: string;

  @Field(() => Float, { description: "Probability of that class, 0 to 1." })
  readonly topConfidence!: number;
}

export const scoreConnection = connectionTypesOf({ noun: "Score", plural: "scores", node: ScoreType, action: "score:read" });

@Requires("score:read")
@ObjectType("ClassProbability", { description: "The probability that a model assigns to a class." })
export class ClassProbabilityType {
  @Field(() => Int, { description: "Index of the class." })
  readonly class!: number;

  @Field(() => String, { description: "Label of the class." })
  readonly label!: string;

  @Field(() => Float, { description: "Probability of the class, 0 to 1." })
  readonly probability!: number;
}
