/** Sweeps, their previews and the payloads of their mutations. */
import { Field, Float, Int, ObjectType, registerEnumType } from "type-graphql";
import { payloadOf } from "../errors/payload.ts";
import { NodeInterface } from "../node/node.type.ts";
import { ParameterValueScalar } from "../openValue/openValues.ts";
import { connectionTypesOf } from "../pagination/connection.ts";
import { Requires } from "../policy/requires.ts";
import { DateTimeScalar } from "../scalars.ts";
import { RangeScaleEnum, SweepPriorityEnum, SweepStateEnum } from "./sweep.input.ts";
import { HalvingType, PlannedRungType } from "./sweepRung.type.ts";

export const SweepSamplerEnum = { GRID: "grid", RANDOM: "random" } as const;

registerEnumType(SweepSamplerEnum, {
  name: "SweepSampler",
  description: "How the points of a sweep are chosen.",
  valuesConfig: { GRID: { description: "Every combination of values." }, RANDOM: { description: "A random sample of different points." } },
});

@Requires("sweep:read")
@ObjectType("SweepAxis", { description: "A property in which the runs of a sweep differ." })
export class SweepAxisType {
  @Field(() => String, { description: "Field of the run's input, or `parameters.` and the name of a parameter." })
  readonly path!: string;

  @Field(() => String, { description: "Display name, such as Weight mutation." })
  readonly label!: string;

  @Field(() => [ParameterValueScalar], { description: "Its values in the order of the plan; values drawn from a range ascend." })
  readonly values!: readonly unknown[];

  @Field(() => [String], { description: "Display text of each value, such as the name of a model or a photo." })
  readonly valueLabels!: readonly string[];

  @Field(() => RangeScaleEnum, { nullable: true, description: "Spacing of its range; null for listed values." })
  readonly scale!: string | null;
}

@Requires("sweep:read")
@ObjectType("EarlyStopping", { description: "Rules that end runs of a sweep early." })
export class EarlyStoppingType {
  @Field(() => Int, {
    nullable: true,
    description: "Generations without improvement of the search's median after which a run ends; null without this rule.",
  })
  readonly plateauGenerations!: number | null;

  @Field(() => Float, { nullable: true, description: "Least improvement in nines; null without this rule." })
  readonly plateauDelta!: number | null;

  @Field(() => Int, {
    nullable: true,
    description: "Generation from which the median stopping rule applies, to the search's medians; null without it.",
  })
  readonly medianAfter!: number | null;

  @Field(() => HalvingType, { nullable: true, description: "Successive halving; null without it." })
  readonly halving!: HalvingType | null;
}

@Requires("sweep:read")
@ObjectType("SweepProgress", { description: "How far the runs of a sweep are." })
export class SweepProgressType {
  @Field(() => Int, { description: "Runs that wait for a slot or a worker." })
  readonly queued!: number;

  @Field(() => Int, { description: "Runs that a worker is computing." })
  readonly running!: number;

  @Field(() => Int, { description: "Paused runs." })
  readonly paused!: number;

  @Field(() => Int, { description: "Completed runs, with those that were stopped early." })
  readonly succeeded!: number;

  @Field(() => Int, { description: "Runs that failed or crashed." })
  readonly failed!: number;

  @Field(() => Int, { description: "Cancelled runs." })
  readonly cancelled!: number;

  @Field(() => Int, { description: "Completed runs that a rule ended early." })
  readonly stoppedEarly!: number;

  @Field(() => Float, { description: "Evaluations so far, of all runs." })
  readonly evaluations!: number;

  @Field(() => Float, { nullable: true, description: "Seconds from its start until a worker took its first run; null before that." })
  readonly waitedSeconds!: number | null;

  @Field(() => Float, { description: "Seconds in which workers had its runs, added up." })
  readonly computedSeconds!: number;

  @Field(() => Float, {
    nullable: true,
    description:
      "Seconds from the start of its first run to its end, or to the last checkpoint of its runs, with all pauses; null before the first run started.",
  })
  readonly elapsedSeconds!: number | null;

  @Field(() => Float, { description: "Evaluations per second of its running runs together." })
  readonly speed!: number;
}

@Requires("sweep:read")
@ObjectType("Sweep", {
  implements: NodeInterface,
  description: "A set of runs over values of parameters, each with several seeds, such as SWP-7.",
})
export class SweepType extends NodeInterface {
  @Field(() => String, { description: "Display name." })
  readonly name!: string;

  @Field(() => SweepStateEnum, { description: "Whether runs of the sweep still wait or compute, or how it ended." })
  readonly state!: string;

  @Field(() => String, { description: "Why it is in this state, as a sentence; empty for a sweep that has just started." })
  readonly reason!: string;

  @Field(() => Int, { description: "Number of its points." })
  readonly pointCount!: number;

  @Field(() => Int, { description: "Number of its runs: each point with each seed." })
  readonly runCount!: number;

  @Field(() => SweepPriorityEnum, { description: "Which waiting runs of the workspace start first." })
  readonly priority!: number;

  @Field(() => Int, { nullable: true, description: "Runs that may be computed at the same time; null without a limit." })
  readonly concurrency!: number | null;

  @Field(() => Float, { nullable: true, description: "Evaluations after which it pauses; null without a limit." })
  readonly maxEvaluations!: number | null;

  @Field(() => Float, { nullable: true, description: "Seconds of computing after which it pauses; null without a limit." })
  readonly maxSeconds!: number | null;

  @Field(() => DateTimeScalar, { description: "When it was started." })
  readonly createdAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: "When it ended; null until then." })
  readonly endedAt!: Date | null;
}

export const sweepConnection = connectionTypesOf({ noun: "Sweep", plural: "sweeps", node: SweepType, action: "sweep:read" });

@Requires("sweep:start")
@ObjectType("SweepPreview", { description: "What a sweep would create." })
export class SweepPreviewType {
  @Field(() => String, { description: "The name that it would have." })
  readonly name!: string;

  @Field(() => Int, { description: "Number of points." })
  readonly pointCount!: number;

  @Field(() => Int, { description: "Number of runs." })
  readonly runCount!: number;

  @Field(() => [Int], { description: "The seeds of each point." })
  readonly seeds!: number[];

  @Field(() => Float, { description: "Maximum number of evaluations of all runs." })
  readonly evaluations!: number;

  @Field(() => [PlannedRungType], { description: "The rungs of successive halving and the end of the plan; none without it." })
  readonly rungs!: readonly PlannedRungType[];

  @Field(() => Float, {
    nullable: true,
    description: "Estimated seconds of computing, one run at a time, from recent runs with the same models; null if there are none.",
  })
  readonly seconds!: number | null;

  @Field(() => [[ParameterValueScalar]], { description: "The first 20 points: a value for each axis." })
  readonly points!: unknown[][];
}

@Requires("sweep:start")
@ObjectType("StartSweepSuccess", {
  description: "The sweep was started by this request or by an earlier one with the same idempotency key.",
})
export class StartSweepSuccess {
  @Field(() => SweepType, { description: "The new sweep, whose first runs wait for workers." })
  readonly sweep!: unknown;
}

@Requires("sweep:pause")
@ObjectType("PauseSweepSuccess", { description: "The sweep is paused. Its running runs pause at their next checkpoints." })
export class PauseSweepSuccess {
  @Field(() => SweepType, { description: "The sweep in its current state." })
  readonly sweep!: unknown;
}

@Requires("sweep:resume")
@ObjectType("ResumeSweepSuccess", { description: "The sweep is running again." })
export class ResumeSweepSuccess {
  @Field(() => SweepType, { description: "The sweep in its current state." })
  readonly sweep!: unknown;
}

@Requires("sweep:cancel")
@ObjectType("CancelSweepSuccess", { description: "The sweep is cancelled. Its running runs end at their next checkpoints." })
export class CancelSweepSuccess {
  @Field(() => SweepType, { description: "The sweep in its current state." })
  readonly sweep!: unknown;
}

@Requires("sweep:change")
@ObjectType("ChangeSweepSuccess", { description: "The limits of the sweep are changed." })
export class ChangeSweepSuccess {
  @Field(() => SweepType, { description: "The sweep with its new limits." })
  readonly sweep!: unknown;
}

export const StartSweepPayload = payloadOf({
  name: "StartSweepPayload",
  description: "Result of `startSweep`.",
  success: StartSweepSuccess,
  missing: true,
});

export const PauseSweepPayload = payloadOf({
  name: "PauseSweepPayload",
  description: "Result of `pauseSweep`.",
  success: PauseSweepSuccess,
  missing: true,
});

export const ResumeSweepPayload = payloadOf({
  name: "ResumeSweepPayload",
  description: "Result of `resumeSweep`.",
  success: ResumeSweepSuccess,
  missing: true,
});

export const CancelSweepPayload = payloadOf({
  name: "CancelSweepPayload",
  description: "Result of `cancelSweep`.",
  success: CancelSweepSuccess,
  missing: true,
});

export const ChangeSweepPayload = payloadOf({
  name: "ChangeSweepPayload",
  description: "Result of `changeSweep`.",
  success: ChangeSweepSuccess,
  missing: true,
});
