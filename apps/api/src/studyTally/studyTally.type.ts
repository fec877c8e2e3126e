/** The counted votes on a study's images. */
import { Field, Int, ObjectType } from "type-graphql";
import { Requires } from "../policy/requires.ts";
import { JsonScalar } from "../scalars.ts";

@Requires("study:inspect")
@ObjectType("StudyTallies", { description: "Counted votes on images of a study, of all voters who have not withdrawn." })
export class StudyTalliesType {
  @Field(() => Int, { description: "Number of the latest change among them; ask for changes after it." })
  readonly sequence!: number;

  @Field(() => JsonScalar, {
    description: "A list for each image that changed, as [index, votes, agreeing votes], with the image's index among the counted ones.",
  })
  readonly tallies!: readonly (readonly [number, number, number])[];
}
