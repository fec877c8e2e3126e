/** What one model says of one stored picture. */
import { Field, Float, Int, ObjectType } from "type-graphql";
import { NodeInterface } from "../node/node.type.ts";
import { connectionTypesOf } from "../pagination/connection.ts";
import { Requires } from "../policy/requires.ts";

@Requires("score:read")
@ObjectType("Score", {
  implements: NodeInterface,
  description: "What one model says of one stored picture, measured on its decoded bytes.",
})
export class ScoreType extends NodeInterface {
  @Field(() => Int, { description: "The class that it takes the picture for." })
  readonly topClass!: number;

  @Field(() => String, { description: "That class's name." })
  readonly topLabel!: string;

  @Field(() => Float, { description: "With which confidence." })
  readonly topConfidence!: number;
}

export const scoreConnection = connectionTypesOf({ noun: "Score", plural: "scores", node: ScoreType, action: "score:read" });

@Requires("score:read")
@ObjectType("ClassProbability", { description: "probabilities(first) are sorted, highest first." })
export class ClassProbabilityType {
  @Field(() => Int, { description: "The class." })
  readonly class!: number;

  @Field(() => String, { description: "Its name." })
  readonly label!: string;

  @Field(() => Float, { description: "Its probability." })
  readonly probability!: number;
}
