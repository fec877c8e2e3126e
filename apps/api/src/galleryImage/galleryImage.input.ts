/** The filter of the gallery. */
import { Field, ID, InputType } from "type-graphql";

@InputType("GalleryImageFilter", { description: "Conditions for images besides a search. An omitted condition matches every image." })
export class GalleryImageFilter {
  @Field(() => [ID], { nullable: true, description: "Only these elites, whether they hold their niches or not; at most 200." })
  eliteIds?: string[] | null;
}
