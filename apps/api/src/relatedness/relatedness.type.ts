/** Whether classes whose elites share descent are close by label. */
import { Field, Float, Int, ObjectType } from "type-graphql";
import { Requires } from "../policy/requires.ts";

@Requires("genome:read")
@ObjectType("LabelDistance", { description: "Quartiles of how far apart the two classes of a pair stand in the model's list of labels." })
export class LabelDistanceType {
  @Field(() => Float, { description: "A quarter of the pairs are no further apart than this." })
  readonly lower!: number;

  @Field(() => Float, { description: "Half of them are." })
  readonly median!: number;

  @Field(() => Float, { description: "Three quarters of them are." })
  readonly upper!: number;
}

@Requires("genome:read")
@ObjectType("RelatednessBand", { description: "Pairs of niches that are about as related as one another." })
export class RelatednessBandType {
  @Field(() => String, { description: "How related, for people: from `no ancestor shared` to `one elite`." })
  readonly label!: string;

  @Field(() => Int, { description: "How many pairs." })
  readonly pairs!: number;

  @Field(() => LabelDistanceType, { nullable: true, description: "Their label distance; null where there is no pair." })
  readonly distance!: LabelDistanceType | null;
}

@Requires("genome:read")
@ObjectType("RelatedPair", { description: "How much descent the elites of two niches share." })
export class RelatedPairType {
  @Field(() => Int, { description: "A niche." })
  readonly first!: number;

  @Field(() => Int, { description: "Another, of a higher number." })
  readonly second!: number;

  @Field(() => Float, { description: "Shared ancestors over all ancestors of either, along first parents: 1 where one elite holds both." })
  readonly relatedness!: number;

  @Field(() => Int, { description: "How far apart the two classes stand in the model's list of labels." })
  readonly labelDistance!: number;
}

@Requires("genome:read")
@ObjectType("Relatedness", {
  description:
    "Shared descent of every two niches that are held now, along first parents, against how far apart they stand in the list of labels.",
})
export class RelatednessType {
  @Field(() => Int, { description: "How many niches are held now." })
  readonly niches!: number;

  @Field(() => [RelatednessBandType], { description: "By how related they are, the least first; together every pair." })
  readonly bands!: readonly RelatednessBandType[];

  @Field(() => RelatednessBandType, {
    description: "The control: every pair. Had labels been dealt to the elites at random, each band would be expected to look like this.",
  })
  readonly all!: RelatednessBandType;

  @Field(() => Int, { description: "How many pairs share an ancestor." })
  readonly relatedPairs!: number;
}
