/** A comparison of runs and groups of runs, by parameters, curves, archives and tests. */
import { Field, Float, Int, ObjectType, registerEnumType } from "type-graphql";
import { endDescriptions } from "../intervalEnds.ts";
import { ParameterValueScalar } from "../openValue/openValues.ts";
import { KindMeasureType } from "../outcome/kindMeasure.type.ts";
import { Requires } from "../policy/requires.ts";
import { RunType } from "../run/run.type.ts";

export const ComparedMeasure = { MEDIAN: "median", FOOLING: "fooling", FIRST_REACHED: "firstReached" } as const;
export type ComparedMeasure = (typeof ComparedMeasure)[keyof typeof ComparedMeasure];

registerEnumType(ComparedMeasure, {
  name: "ComparedMeasure",
  description: "Measures of an evolution that tests compare. Each run gives one value.",
  valuesConfig: {
    MEDIAN: { description: "Median confidence of the stored images over the niches in the comparison's generation." },
    FOOLING: { description: "Number of niches at or above .9999 in the comparison's generation, on stored images." },
    FIRST_REACHED: {
      description: "The first generation whose median on stored images is at least .9999; runs that never reach it come last.",
    },
  },
});

@Requires("comparison:read")
@ObjectType("ComparedEntry", { description: "A run or a group of runs in a comparison." })
export class ComparedEntryType {
  @Field(() => String, { description: "Name of the group, or the key of the run." })
  readonly name!: string;

  @Field(() => [RunType], { description: "The runs, in the order given." })
  readonly runs!: readonly unknown[];
}

@Requires("comparison:read")
@ObjectType("ComparedValues", { description: "The values of one parameter in the runs of an entry." })
export class ComparedValuesType {
  @Field(() => [ParameterValueScalar], {
    nullable: "items",
    description: "Up to 5 different values; null stands for runs without the parameter.",
  })
  readonly values!: readonly unknown[];

  @Field(() => Int, { description: "Number of different values." })
  readonly count!: number;
}

@Requires("comparison:read")
@ObjectType("ComparedParameter", { description: "One parameter, or property of the plan, in all entries." })
export class ComparedParameterType {
  @Field(() => String, { description: "The parameter's name." })
  readonly name!: string;

  @Field(() => String, { description: "Display name." })
  readonly label!: string;

  @Field(() => Boolean, { description: "Whether any two runs of the comparison differ in it." })
  readonly differs!: boolean;

  @Field(() => [ComparedValuesType], { description: "Its values, in the order of the entries." })
  readonly values!: readonly ComparedValuesType[];
}

@Requires("comparison:read")
@ObjectType("ComparedClaim", {
  description: "A metric of imported runs as their sources state it. Nothing of it was measured here, and no test uses it.",
})
export class ComparedClaimType {
  @Field(() => String, { description: "The source's name of the metric." })
  readonly name!: string;

  @Field(() => [ComparedValuesType], {
    description: "Its values, in the order of the entries; none for entries whose sources do not state it.",
  })
  readonly values!: readonly ComparedValuesType[];
}

@Requires("comparison:read")
@ObjectType("ComparedMean", {
  description:
    "A mean over the runs of an entry, with its 95% interval for other runs of this kind (Student's t, within what values can be).",
})
export class ComparedMeanType {
  @Field(() => Int, { description: "Number of runs." })
  readonly runCount!: number;

  @Field(() => Float, { description: "The mean. Confidences are averaged on the scale of nines, -log10(1 - p)." })
  readonly mean!: number;

  @Field(() => Float, { nullable: true, description: endDescriptions.low })
  readonly low!: number | null;

  @Field(() => Float, { nullable: true, description: endDescriptions.high })
  readonly high!: number | null;

  @Field(() => String, { nullable: true, description: endDescriptions.intervalReason })
  readonly intervalReason!: string | null;
}

@Requires("comparison:read")
@ObjectType("ComparedOutcome", { description: "What the runs of one kind in an entry have reached, at their last checkpoints." })
export class ComparedOutcomeType extends KindMeasureType {
  @Field(() => Int, { description: "Number of runs of the kind." })
  readonly runCount!: number;

  @Field(() => Int, { description: "Number of their results that meet the criterion `reachedMeans`." })
  readonly reached!: number;

  @Field(() => Int, { description: "Number of results once all of these runs have ended." })
  readonly total!: number;

  @Field(() => ComparedMeanType, { nullable: true, description: "The runs' medians; null if none has a result." })
  readonly median!: ComparedMeanType | null;
}

@Requires("comparison:read")
@ObjectType("ComparedOutcomes", { description: "What the runs of an entry have reached." })
export class ComparedOutcomesType {
  @Field(() => [ComparedOutcomeType], { description: "One for each kind of its runs, because other runs cannot be pooled." })
  readonly kinds!: readonly ComparedOutcomeType[];
}

@Requires("comparison:read")
@ObjectType("ComparedPoint", { description: "One generation of an entry's curve." })
export class ComparedPointType {
  @Field(() => Int, { description: "Number of the generation." })
  readonly generation!: number;

  @Field(() => ComparedMeanType, { description: "The runs' median confidences. Only runs that have stored the generation count." })
  readonly median!: ComparedMeanType;
}

@Requires("comparison:read")
@ObjectType("ComparedCurve", { description: "The median confidence of an entry's stored images over generations." })
export class ComparedCurveType {
  @Field(() => [ComparedPointType], { description: "At most 120 generations, the same for all entries." })
  readonly points!: readonly ComparedPointType[];
}

@Requires("comparison:read")
@ObjectType("ComparedFigures", {
  description: "The archives of an entry in the comparison's generation, or in the last one of runs that ended before.",
})
export class ComparedFiguresType {
  @Field(() => ComparedMeanType, { nullable: true, description: "The runs' median confidences; null if no run has stored a generation." })
  readonly median!: ComparedMeanType | null;

  @Field(() => Float, { nullable: true, description: "Lower quartile of the confidences of all elites of all runs, on stored images." })
  readonly lowerQuartile!: number | null;

  @Field(() => Float, { nullable: true, description: "Upper quartile of the confidences of all elites of all runs, on stored images." })
  readonly upperQuartile!: number | null;

  @Field(() => ComparedMeanType, { nullable: true, description: "Niches at or above .9999 in each run, on stored images." })
  readonly fooling!: ComparedMeanType | null;

  @Field(() => Int, { description: "Niches of each run." })
  readonly nicheCount!: number;

  @Field(() => Int, { description: "Runs that count with an earlier generation, because they have not stored the comparison's." })
  readonly earlier!: number;
}

@Requires("comparison:read")
@ObjectType("ComparedReach", { description: "When the medians of the stored images of an entry's runs first reached .9999." })
export class ComparedReachType {
  @Field(() => [Int], { nullable: "items", description: "The first such generation of each run, in order; null for a run without one." })
  readonly generations!: readonly (number | null)[];

  @Field(() => Float, { nullable: true, description: "Median over the runs; null if half of them have not reached it." })
  readonly median!: number | null;
}

@Requires("comparison:read")
@ObjectType("ComparedTest", { description: "Mann and Whitney's test between two entries. One run is one observation." })
export class ComparedTestType {
  @Field(() => Int, { description: "Place of the first entry, from 0." })
  readonly first!: number;

  @Field(() => Int, { description: "Place of the second entry, from 0: the baseline, if there is one." })
  readonly second!: number;

  @Field(() => Float, { description: "Two-sided p." })
  readonly p!: number;

  @Field(() => Float, { description: "p adjusted for the number of tests (Holm 1979)." })
  readonly adjustedP!: number;

  @Field(() => String, {
    description: "How p was computed: exact if the smaller group has at most 8 runs, otherwise normal, an approximation.",
  })
  readonly method!: string;

  @Field(() => Float, { description: "Cliff's delta, -1 to 1: positive if the first entry's values tend to be larger." })
  readonly delta!: number;

  @Field(() => Float, { description: "Lower bound of delta's 95% interval for other runs." })
  readonly deltaLow!: number;

  @Field(() => Float, { description: "Upper bound of delta's 95% interval for other runs." })
  readonly deltaHigh!: number;
}

@Requires("comparison:read")
@ObjectType("ComparedTests", { description: "The tests of one measure." })
export class ComparedTestsType {
  @Field(() => [ComparedTestType], { description: "One test for each pair of entries, or for each entry and the baseline." })
  readonly pairs!: readonly ComparedTestType[];

  @Field(() => [Int], { description: "Places of entries with fewer than 3 runs, which are not tested." })
  readonly leftOut!: readonly number[];
}

@Requires("comparison:read")
@ObjectType("ComparedRow", { description: "One class in the comparison's grid of images." })
export class ComparedRowType {
  @Field(() => Int, { description: "Index of the class in the labels of the first run's model." })
  readonly class!: number;

  @Field(() => String, { description: "Label of the class." })
  readonly label!: string;
}

@Requires("comparison:read")
@ObjectType("RunComparison", {
  description: "Runs and groups of runs side by side. Curves, archives and tests are those of evolutions; other runs have none.",
})
export class RunComparisonType {
  @Field(() => Int, {
    description: "The generation that is compared; -1 if no evolution has stored one. Runs that ended before it count with their last one.",
  })
  readonly generation!: number;

  @Field(() => Int, { description: "The last generation that any run has stored; -1 if there is none." })
  readonly lastGeneration!: number;

  @Field(() => [ComparedEntryType], { description: "The entries, in the order given." })
  readonly entries!: readonly ComparedEntryType[];
}
