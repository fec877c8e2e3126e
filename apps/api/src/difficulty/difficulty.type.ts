/** The difficulty of fooling a network for each class. */
import { Field, Float, Int, ObjectType } from "type-graphql";
import { Requires } from "../policy/requires.ts";

@Requires("elite:read")
@ObjectType("ClassDifficulty", {
  description: "The competition for a class: the probabilities of other classes on the elite of this class.",
})
export class ClassDifficultyType {
  @Field(() => Int, { description: "Index of the class." })
  readonly niche!: number;

  @Field(() => String, { description: "Label of the class." })
  readonly label!: string;

  @Field(() => Float, { description: "Confidence of the class on its elite's stored image, 0 to 1." })
  readonly confidence!: number;

  @Field(() => String, { description: "Label of the other class with the highest probability." })
  readonly rivalLabel!: string;

  @Field(() => Float, { description: "Probability of that class, 0 to 1." })
  readonly rivalConfidence!: number;

  @Field(() => Float, {
    description:
      "Effective number of competing classes: the exponential of the entropy of the other classes' probabilities, normalised to sum to 1.",
  })
  readonly neighbours!: number;
}

@Requires("elite:read")
@ObjectType("Difficulty", { description: "Difficulty of the classes of a run." })
export class DifficultyType {
  @Field(() => [ClassDifficultyType], { description: "Classes with a scored elite, lowest confidence first." })
  readonly classes!: readonly ClassDifficultyType[];

  @Field(() => Float, {
    nullable: true,
    description:
      "Spearman correlation of `neighbours` and `confidence`, as a description, not a test. " +
      "It is negative even without competition, because an elite of low confidence spreads the rest over other classes. " +
      "Null for fewer than 3 classes.",
  })
  readonly competition!: number | null;
}
