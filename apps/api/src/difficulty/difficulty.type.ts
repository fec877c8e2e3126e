/** Which classes are hard to fool a network about, and what competes with them. */
import { Field, Float, Int, ObjectType } from "type-graphql";
import { Requires } from "../policy/requires.ts";

@Requires("elite:read")
@ObjectType("ClassDifficulty", { description: "How a class's elite divides the network's probability." })
export class ClassDifficultyType {
  @Field(() => Int, { description: "The class." })
  readonly niche!: number;

  @Field(() => String, { description: "Its name." })
  readonly label!: string;

  @Field(() => Float, { description: "Confidence of its elite, on the stored image." })
  readonly confidence!: number;

  @Field(() => String, { description: "The strongest other class." })
  readonly rivalLabel!: string;

  @Field(() => Float, { description: "What that gets." })
  readonly rivalConfidence!: number;

  @Field(() => Float, {
    description: "Effective number of competing classes: the exponential of the entropy of the other classes' shares.",
  })
  readonly neighbours!: number;
}

@Requires("elite:read")
@ObjectType("Difficulty", { description: "Classes of a run, the hardest first." })
export class DifficultyType {
  @Field(() => [ClassDifficultyType], { description: "The hardest first." })
  readonly classes!: readonly ClassDifficultyType[];

  @Field(() => Float, {
    nullable: true,
    description:
      "Spearman's correlation of neighbours and confidence, a description and no test: an unsure elite spreads its rest, so that it is negative without competition too. Null for too few classes.",
  })
  readonly competition!: number | null;
}
