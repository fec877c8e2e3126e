/** Several studies side by side. */
import { Field, ObjectType } from "type-graphql";
import { StudyComparisonScalar } from "../openValue/openValues.ts";
import { Requires } from "../policy/requires.ts";
import { StudyType } from "../study/study.type.ts";

@Requires("study:inspect")
@ObjectType("StudyComparison", { description: "Several studies, and what the images that they share say about each two of them." })
export class StudyComparisonType {
  @Field(() => [StudyType], { description: "The studies, in the order of the request." })
  readonly studies!: readonly unknown[];

  @Field(() => StudyComparisonScalar, {
    description:
      "For every two studies, by the images that both have: the mean difference of an image's shares, its effect size, and the correlation of the shares. `planned` leaves out the voters whom each plan excludes, `everyone` does not. Each figure has its number of images and interval, or the reason why it is undefined.",
  })
  readonly comparison!: unknown;
}
