/** Relatedness of elites, compared with the label distance of their classes. */
import { Field, Float, Int, ObjectType } from "type-graphql";
import { Requires } from "../policy/requires.ts";

@Requires("genome:read")
@ObjectType("LabelDistance", {
  description: "Quartiles of the label distance: the distance of a pair's classes in the model's list of labels.",
})
export class LabelDistanceType {
  @Field(() => Float, { description: "First quartile." })
  readonly lower!: number;

  @Field(() => Float, { description: "Half of the pairs have at most this distance, in steps between labels." })
  readonly median!: number;

  @Field(() => Float, { description: "Third quartile." })
  readonly upper!: number;
}

@Requires("genome:read")
@ObjectType("RelatednessBand", { description: "Pairs of niches within a range of relatedness." })
export class RelatednessBandType {
  @Field(() => String, { description: "Range of relatedness, such as `no ancestor shared`, `over .25 to .5` or `one elite`." })
  readonly label!: string;

  @Field(() => Int, { description: "Number of pairs." })
  readonly pairs!: number;

  @Field(() => LabelDistanceType, { nullable: true, description: "Label distance of the pairs; null if the band is empty." })
  readonly distance!: LabelDistanceType | null;
}

@Requires("genome:read")
@ObjectType("RelatedPair", { description: "Relatedness of the elites of two niches." })
export class RelatedPairType {
  @Field(() => Int, { description: "Index of the first niche." })
  readonly first!: number;

  @Field(() => Int, { description: "Index of the second niche; higher than `first`." })
  readonly second!: number;

  @Field(() => Float, {
    description:
      "Share of common ancestors among all ancestors of both, along first parents: 0 to 1, and 1 if one elite holds both niches.",
  })
  readonly relatedness!: number;

  @Field(() => Int, { description: "Distance of the two classes in the model's list of labels." })
  readonly labelDistance!: number;
}

@Requires("genome:read")
@ObjectType("Relatedness", {
  description: "Relatedness of all pairs of current niches (along first parents), compared with the label distance of their classes.",
})
export class RelatednessType {
  @Field(() => Int, { description: "Number of niches that hold an elite now." })
  readonly niches!: number;

  @Field(() => [RelatednessBandType], { description: "All pairs, grouped by relatedness, least related first." })
  readonly bands!: readonly RelatednessBandType[];

  @Field(() => RelatednessBandType, {
    description:
      "All pairs together, as a control: if labels were assigned to elites at random, every band would be expected to look like this.",
  })
  readonly all!: RelatednessBandType;

  @Field(() => Int, { description: "Number of pairs that share an ancestor." })
  readonly relatedPairs!: number;
}
