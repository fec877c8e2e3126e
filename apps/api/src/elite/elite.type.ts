/** A niche held by a genome, and where that genome comes from. */
import { Field, Float, Int, ObjectType } from "type-graphql";
import { NodeInterface } from "../node/node.type.ts";
import { connectionTypesOf } from "../pagination/connection.ts";
import { Requires } from "../policy/requires.ts";

@Requires("elite:read")
@ObjectType("Elite", { implements: NodeInterface, description: "A niche held by a genome, from one generation until another took it." })
export class EliteType extends NodeInterface {
  @Field(() => Int, { description: "The class whose niche it holds." })
  readonly niche!: number;

  @Field(() => String, { description: "That class's name." })
  readonly label!: string;

  @Field(() => Int, { description: "The generation in which it took the niche." })
  readonly generation!: number;

  @Field(() => Int, { nullable: true, description: "The generation in which it lost the niche; null while it holds it." })
  readonly replacedAt!: number | null;

  @Field(() => Float, { description: "Confidence that the search saw, on float pixels." })
  readonly fitness!: number;

  @Field(() => Float, { description: "Confidence on the decoded bytes of the stored image." })
  readonly storedFitness!: number;
}

export const eliteConnection = connectionTypesOf({ noun: "Elite", plural: "elites", node: EliteType, action: "elite:read" });

@Requires("elite:read")
@ObjectType("Ancestor", { description: "One step of an elite's line of descent." })
export class AncestorType {
  @Field(() => Int, { description: "The niche it held when it had the next one as its child, its best if several." })
  readonly niche!: number;

  @Field(() => String, { description: "That niche's class." })
  readonly label!: string;

  @Field(() => Float, { description: "Its confidence there, on its stored image." })
  readonly confidence!: number;

  @Field(() => Boolean, { description: "Whether the next one, its child, stands in another niche: evolution changed its goal here." })
  readonly goalSwitch!: boolean;
}
