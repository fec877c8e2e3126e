/** The counted votes on a study's images. */
import { Field, Int, ObjectType } from "type-graphql";
import { Requires } from "../policy/requires.ts";

@Requires("study:inspect")
@ObjectType("StudyTallies", { description: "Counted votes on images of a study, without those of voters who have withdrawn." })
export class StudyTalliesType {
  @Field(() => Int, { description: "Number of the latest change in `tallies`. Send it to receive only later changes." })
  readonly sequence!: number;

  @Field(() => [[Int]], {
    description:
      "A list [index, votes, agreeing] for each image that changed: its index among the counted images, its votes, and those that agree with the label.",
  })
  readonly tallies!: readonly (readonly [number, number, number])[];
}
