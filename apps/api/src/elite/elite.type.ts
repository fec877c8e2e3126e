/** An elite, and its ancestors. */
import { Field, Float, Int, ObjectType } from "type-graphql";
import { NodeInterface } from "../node/node.type.ts";
import { connectionTypesOf } from "../pagination/connection.ts";
import { Requires } from "../policy/requires.ts";

@Requires("elite:read")
@ObjectType("Elite", {
  implements: NodeInterface,
  description: "The best image found so far for a niche, from the generation in which it took the niche until another image replaced it.",
})
export class EliteType extends NodeInterface {
  @Field(() => Int, { description: "Index of the class whose niche it holds." })
  readonly niche!: number;

  @Field(() => String, { description: "Label of the class." })
  readonly label!: string;

  @Field(() => Int, { description: "Generation in which it took the niche." })
  readonly generation!: number;

  @Field(() => Int, { nullable: true, description: "Generation in which it was replaced; null while it holds the niche." })
  readonly replacedAt!: number | null;

  @Field(() => Float, { name: "searchConfidence", description: "Confidence in the class during the search, on float pixels, 0 to 1." })
  readonly fitness!: number;

  @Field(() => Float, {
    name: "storedConfidence",
    description: "Confidence in the class on the decoded bytes of the stored image, 0 to 1.",
  })
  readonly storedFitness!: number;
}

export const eliteConnection = connectionTypesOf({ noun: "Elite", plural: "elites", node: EliteType, action: "elite:read" });

@Requires("elite:read")
@ObjectType("Ancestor", { description: "An ancestor in an elite's line of descent." })
export class AncestorType {
  @Field(() => Int, {
    description:
      "Niche that the ancestor held when it produced its child in this line; the niche of highest confidence if it held several.",
  })
  readonly niche!: number;

  @Field(() => String, { description: "Label of the niche's class." })
  readonly label!: string;

  @Field(() => Float, { description: "Confidence of the ancestor in that class on its stored image, 0 to 1." })
  readonly confidence!: number;

  @Field(() => Boolean, {
    description: "Whether its child in this line holds a different niche (a goal switch). Always false for the youngest.",
  })
  readonly goalSwitch!: boolean;
}
