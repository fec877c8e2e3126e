/** Statistics of a run by generation, and its milestones. */
import { Field, Float, Int, ObjectType } from "type-graphql";
import { Requires } from "../policy/requires.ts";

@Requires("run:read")
@ObjectType("GenerationStatistics", {
  description:
    "Statistics over all niches of the archive after one generation, measured on stored images and, under names with `search`, on the float pixels of the search. Confidences are 0 to 1; an empty niche counts as 0.",
})
export class GenerationStatisticsType {
  @Field(() => Int, { description: "Number of the generation, from 0." })
  readonly generation!: number;

  @Field(() => Float, {
    nullable: true,
    description: "Median confidence on the stored images; null if images were removed before they were summarised.",
  })
  readonly median!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: "Mean confidence on the stored images; null if images were removed before they were summarised.",
  })
  readonly mean!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: "Lowest confidence on the stored images; null if images were removed before they were summarised.",
  })
  readonly minimum!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: "Highest confidence on the stored images; null if images were removed before they were summarised.",
  })
  readonly maximum!: number | null;

  @Field(() => Float, { description: "Median confidence during the search, on float pixels." })
  readonly searchMedian!: number;

  @Field(() => Float, { description: "Mean confidence during the search, on float pixels." })
  readonly searchMean!: number;

  @Field(() => Float, { description: "Lowest confidence during the search, on float pixels." })
  readonly searchMinimum!: number;

  @Field(() => Float, { description: "Highest confidence during the search, on float pixels." })
  readonly searchMaximum!: number;

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

  @Field(() => Int, {
    nullable: true,
    description: "The first generation whose median on stored images is at or above the confidence; null if none is.",
  })
  readonly medianGeneration!: number | null;
}
