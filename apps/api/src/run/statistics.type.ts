/** Statistics of a run by generation, and its milestones. */
import { Field, Float, Int, ObjectType } from "type-graphql";
import { Requires } from "../policy/requires.ts";

@Requires("run:read")
@ObjectType("GenerationStatistics", {
  description: "Statistics over all niches of the archive after one generation. Confidences are 0 to 1; an empty niche counts as 0.",
})
export class GenerationStatisticsType {
  @Field(() => Int, { description: "Number of the generation, from 0." })
  readonly generation!: number;

  @Field(() => Float, { description: "Median confidence over the niches." })
  readonly median!: number;

  @Field(() => Float, { description: "Mean confidence over the niches." })
  readonly mean!: number;

  @Field(() => Float, { description: "Lowest confidence." })
  readonly minimum!: number;

  @Field(() => Float, { description: "Highest confidence." })
  readonly maximum!: number;

  @Field(() => Int, { description: "Number of elites replaced in this generation." })
  readonly jumps!: number;

  @Field(() => Int, { description: "Number of niches that hold an elite." })
  readonly filled!: number;

  @Field(() => Int, { description: "Evaluations since the start of the run." })
  readonly evaluations!: number;
}

@Requires("run:read")
@ObjectType("Milestone", {
  description: "Progress of a run towards one confidence: .5, .9, .99, .999 or .9999.",
})
export class MilestoneType {
  @Field(() => Float, { description: "The confidence to reach, 0 to 1." })
  readonly confidence!: number;

  @Field(() => Int, { description: "Number of niches whose current elite is at or above the confidence, measured on stored images." })
  readonly reached!: number;

  @Field(() => Int, { nullable: true, description: "The first generation whose median is at or above the confidence; null if none is." })
  readonly medianGeneration!: number | null;
}
