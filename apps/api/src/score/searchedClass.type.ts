/** The class that a search aimed at, with both of its confidences. */
import type { SearchedClass } from "@pareidolia/core/searchedClass";
import { Field, Float, Int, ObjectType } from "type-graphql";
import { Requires } from "../policy/requires.ts";

@Requires("score:read")
@ObjectType("SearchedClass", {
  description: "The class whose confidence a search changed, with its confidence during the search and on the stored image.",
})
export class SearchedClassType implements SearchedClass {
  @Field(() => Int, { description: "Index of the class." })
  readonly class!: number;

  @Field(() => String, { description: "Label of the class." })
  readonly label!: string;

  @Field(() => Float, { description: "Confidence in the class during the search, on float pixels, 0 to 1." })
  readonly search!: number;

  @Field(() => Float, { description: "Confidence in the class on the decoded bytes of the stored image, 0 to 1." })
  readonly stored!: number;
}
