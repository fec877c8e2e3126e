/** A run's figures, generation by generation. */
import { Field, Float, Int, ObjectType } from "type-graphql";
import { Requires } from "../policy/requires.ts";

@Requires("run:read")
@ObjectType("GenerationStatistics", {
  description: "Figures over all niches of the archive after one generation; an empty niche counts as 0.",
})
export class GenerationStatisticsType {
  @Field(() => Int, { description: "Which generation; the first is 0." })
  readonly generation!: number;

  @Field(() => Float, { description: "Median confidence." })
  readonly median!: number;

  @Field(() => Float, { description: "Mean confidence." })
  readonly mean!: number;

  @Field(() => Float, { description: "Lowest confidence." })
  readonly minimum!: number;

  @Field(() => Float, { description: "Highest confidence." })
  readonly maximum!: number;

  @Field(() => Int, { description: "Replacements in this generation, over all niches." })
  readonly jumps!: number;

  @Field(() => Int, { description: "Niches that hold an elite." })
  readonly filled!: number;

  @Field(() => Int, { description: "Evaluations since the run began." })
  readonly evaluations!: number;
}

@Requires("run:read")
@ObjectType("Milestone", {
  description: "How many niches hold an elite at or above a confidence, and the generation in which the median passed it.",
})
export class MilestoneType {
  @Field(() => Float, { description: "The confidence." })
  readonly confidence!: number;

  @Field(() => Int, { description: "Niches at or above it now, measured on stored images." })
  readonly reached!: number;

  @Field(() => Int, { nullable: true, description: "The first generation whose median is at or above it; null when none is." })
  readonly medianGeneration!: number | null;
}
