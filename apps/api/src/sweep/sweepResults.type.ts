/** The results of a sweep: its points with statistics over their seeds, and the importance of its axes. */
import { Field, Float, Int, ObjectType } from "type-graphql";
import { endDescriptions } from "../intervalEnds.ts";
import { ParameterValueScalar } from "../openValue/openValues.ts";
import { Requires } from "../policy/requires.ts";
import { EarlyStopEnum, RunStateEnum } from "../run/runState.type.ts";

@Requires("sweep:read")
@ObjectType("SweepInterval", {
  description: "An estimate with its 95% interval for other seeds. Values in nines: 2 is a confidence of .99.",
})
export class SweepIntervalType {
  @Field(() => Float, { description: "The best value given the runs, in the unit of the measure." })
  readonly estimate!: number;

  @Field(() => Float, { nullable: true, description: endDescriptions.low })
  readonly low!: number | null;

  @Field(() => Float, { nullable: true, description: endDescriptions.high })
  readonly high!: number | null;

  @Field(() => String, { nullable: true, description: endDescriptions.intervalReason })
  readonly intervalReason!: string | null;
}

@Requires("sweep:read")
@ObjectType("SweepRunResult", { description: "A run of a sweep in its results." })
export class SweepRunResultType {
  @Field(() => String, { description: "Key of the run, such as RUN-142." })
  readonly key!: string;

  @Field(() => String, {
    description:
      "Name of the run: its point and seed, such as 'Weight mutation 0.1, seed 3', unless a member has renamed it; empty in sweeps started before their runs had names.",
  })
  readonly name!: string;

  @Field(() => Int, { description: "Seed of the run." })
  readonly seed!: number;

  @Field(() => RunStateEnum, { description: "State of the run." })
  readonly state!: string;

  @Field(() => EarlyStopEnum, { nullable: true, description: "The rule that ended it early; null otherwise." })
  readonly stoppedBy!: string | null;

  @Field(() => Int, {
    nullable: true,
    description: "Number of the rung of successive halving at which it waits for the other runs, from 1; null otherwise.",
  })
  readonly waitsAtRung!: number | null;

  @Field(() => String, { nullable: true, description: "Why it failed or crashed; null otherwise." })
  readonly failure!: string | null;

  @Field(() => Float, {
    nullable: true,
    description: "Median confidence of the stored images at the last checkpoint, 0 to 1; null before the first.",
  })
  readonly median!: number | null;

  @Field(() => Float, { nullable: true, description: "The median in nines, at most 7.53; null before the first checkpoint." })
  readonly nines!: number | null;

  @Field(() => Int, { description: "Results that meet the criterion of the run's kind." })
  readonly foolingCount!: number;

  @Field(() => Float, { description: "Completed share of its evaluations, 0 to 1." })
  readonly progress!: number;

  @Field(() => Float, { description: "Evaluations so far." })
  readonly evaluations!: number;
}

@Requires("sweep:read")
@ObjectType("SweepPointResult", { description: "A point of a sweep with its runs, one for each seed." })
export class SweepPointResultType {
  @Field(() => Int, { description: "Index of the point, from 0." })
  readonly index!: number;

  @Field(() => [ParameterValueScalar], { description: "A value for each axis." })
  readonly values!: readonly unknown[];

  @Field(() => Int, { description: "Completed runs, over which the statistics are." })
  readonly count!: number;

  @Field(() => SweepIntervalType, {
    nullable: true,
    description:
      "Median over seeds of the runs' medians in nines, with its interval from order statistics (Hettmansperger & Sheather 1986); null without a completed run.",
  })
  readonly median!: SweepIntervalType | null;

  @Field(() => SweepIntervalType, {
    nullable: true,
    description: "Mean over seeds of the runs' medians in nines, with Student's t interval; null without a completed run.",
  })
  readonly mean!: SweepIntervalType | null;

  @Field(() => [SweepRunResultType], { description: "Its runs in order of their seeds, without deleted ones." })
  readonly runs!: readonly SweepRunResultType[];
}

@Requires("sweep:read")
@ObjectType("SweepResults", { description: "The results of a sweep so far." })
export class SweepResultsType {
  @Field(() => [SweepPointResultType], { description: "Its points in order." })
  readonly points!: readonly SweepPointResultType[];

  @Field(() => Float, { description: "Maximum number of evaluations of all runs." })
  readonly totalEvaluations!: number;

  @Field(() => Float, { description: "Evaluations that early stopping has saved." })
  readonly savedEvaluations!: number;

  @Field(() => Float, {
    nullable: true,
    description: "Estimated seconds until all runs have ended, at the present speed; null if unknown.",
  })
  readonly secondsLeft!: number | null;
}

@Requires("sweep:read")
@ObjectType("SweepImportanceShare", { description: "The share of the variance of a sweep's results that one source explains." })
export class SweepImportanceShareType {
  @Field(() => String, { description: "Path of the axis; `interactions` for combinations of axes, `seed` for chance." })
  readonly path!: string;

  @Field(() => String, { description: "Display name." })
  readonly label!: string;

  @Field(() => Float, {
    description:
      "Share of the variance, from 0 to 1 and inside its interval. All shares of a sweep add up to 1; a source whose estimated variance is negative, as of one that explains nothing, has 0.",
  })
  readonly share!: number;

  @Field(() => Float, { nullable: true, description: "Lower end of the 95% interval for other seeds, 0 to 1; null if there is none." })
  readonly low!: number | null;

  @Field(() => Float, { nullable: true, description: "Upper end of the 95% interval for other seeds, 0 to 1; null if there is none." })
  readonly high!: number | null;
}

@Requires("sweep:read")
@ObjectType("SweepImportance", {
  description: "Importance of the axes of a sweep for the median in nines, by functional ANOVA (Hutter, Hoos & Leyton-Brown 2014).",
})
export class SweepImportanceType {
  @Field(() => Boolean, { description: "True on a full grid; false if a random forest predicts the points that were not run." })
  readonly isExact!: boolean;

  @Field(() => Int, { description: "Completed runs on which it is based." })
  readonly runs!: number;

  @Field(() => [SweepImportanceShareType], { description: "Shares, of the most important axis first; interactions and seed last." })
  readonly shares!: readonly SweepImportanceShareType[];

  @Field(() => String, { nullable: true, description: "Why shares have no interval, such as too few seeds; null if they have." })
  readonly intervalReason!: string | null;
}
