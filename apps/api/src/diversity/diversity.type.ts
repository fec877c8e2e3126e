/** How different the images are that several runs found for one class. */
import { Field, Float, Int, ObjectType } from "type-graphql";
import { Requires } from "../policy/requires.ts";

@Requires("elite:read")
@ObjectType("Diversity", { description: "Images that several runs found for one class, and how different they are." })
export class DiversityType {
  @Field(() => Int, { description: "The class." })
  readonly niche!: number;

  @Field(() => Float, {
    nullable: true,
    description:
      "Mean distance of coarse structure between every two: 0 alike, 1 unrelated, 2 negatives of one another; null for fewer than two.",
  })
  readonly meanDistance!: number | null;
}
