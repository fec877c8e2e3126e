/** Filters lists of elites, trajectories and perturbations by what people say about their images. */
import { Field, Float, InputType, Int } from "type-graphql";

@InputType("PeopleFilter", {
  description:
    "Conditions for what people say (see `Recognition`), all of which must hold. Only for researchers. Images of a study in which you " +
    "still vote, or of whose norming room you are a member, match none.",
})
export class PeopleFilter {
  @Field(() => Boolean, {
    nullable: true,
    description: "True for images that an opened study asked about, false for those that none asked about.",
  })
  asked?: boolean | null;

  @Field(() => Float, {
    nullable: true,
    description: "Only images of which at least this share recognises the label (`Recognition.recognised`), 0 to 1.",
  })
  minimumShare?: number | null;

  @Field(() => Float, {
    nullable: true,
    description: "Only images of which at most this share recognises the label (`Recognition.recognised`), 0 to 1.",
  })
  maximumShare?: number | null;

  @Field(() => Int, { nullable: true, description: "Only images with at least this number of votes." })
  minimumVotes?: number | null;
}
