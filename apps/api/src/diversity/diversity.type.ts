/** The diversity of the images that several runs found for one class. */
import { Field, Float, Int, ObjectType } from "type-graphql";
import { Requires } from "../policy/requires.ts";

@Requires("diversity:read")
@ObjectType("Diversity", { description: "Images that several evolutions found for one class, and how much they differ." })
export class DiversityType {
  @Field(() => Int, { description: "Index of the class." })
  readonly niche!: number;

  @Field(() => Float, {
    nullable: true,
    description:
      "Mean distance of the images' coarse structure over all pairs: 0 for equal, 1 for unrelated, 2 for inverted images. " +
      "Null for fewer than two images, or for images of different sizes.",
  })
  readonly meanDistance!: number | null;
}
