/** Inputs that start, preview, change and identify sweeps. */
import { defaultEta, halvingLimits } from "@pareidolia/core/sweep/halving";
import { rangeScales } from "@pareidolia/core/sweep/sweepAxis";
import { sweepLimits, sweepPriorities, sweepStates } from "@pareidolia/core/sweep/sweepState";
import { Field, Float, ID, InputType, Int, registerEnumType } from "type-graphql";
import { StartAscentInput } from "../ascent/ascent.input.ts";
import { StartChainInput } from "../chain/chain.input.ts";
import { StartEvolutionInput } from "../evolution/evolution.input.ts";
import { ParameterValueScalar } from "../openValue/openValues.ts";
import { StartPerturbationInput } from "../perturbation/perturbation.input.ts";
import { previousValue } from "../tracking/previousValue.ts";

const { axes, concurrency, delta, name, plateau, runs, seeds, values } = sweepLimits;

export const SweepStateEnum = Object.fromEntries(sweepStates.map((state) => [state, state]));

registerEnumType(SweepStateEnum, {
  name: "SweepState",
  description: "State of a sweep.",
  valuesConfig: {
    RUNNING: { description: "Its runs start as slots become free." },
    PAUSED: { description: "Paused by a user, or because a budget is spent (see `Sweep.reason`)." },
    SUCCEEDED: { description: "All its runs have ended." },
    CANCELLED: { description: "Cancelled by a user. The results of its runs are kept." },
  },
});

export const SweepPriorityEnum = sweepPriorities;

registerEnumType(SweepPriorityEnum, {
  name: "SweepPriority",
  description: "Which waiting runs of a workspace start first. It does not change the shares of workspaces.",
  valuesConfig: {
    LOW: { description: "After other runs." },
    NORMAL: { description: "In order of creation." },
    HIGH: { description: "Before other runs." },
  },
});

export const RangeScaleEnum = Object.fromEntries(rangeScales.map((scale) => [scale.toUpperCase(), scale]));

registerEnumType(RangeScaleEnum, {
  name: "RangeScale",
  description: "How the values of a range are spaced.",
  valuesConfig: {
    LINEAR: { description: "At equal steps." },
    LOG: { description: "At equal ratios; the range must begin above 0." },
    INTEGER: { description: "Whole numbers at equal steps." },
  },
});

@InputType("SweepRangeInput", { description: "A range of numbers." })
export class SweepRangeInput {
  @Field(() => Float, { description: "The lowest value." })
  from!: number;

  @Field(() => Float, { description: "The highest value." })
  to!: number;

  @Field(() => RangeScaleEnum, { description: "Spacing of the values." })
  scale!: string;

  @Field(() => Int, {
    nullable: true,
    description: `Number of values of a grid, both ends included: 2 to ${values.maximum}. A random sampler does not need it.`,
  })
  count?: number | null;
}

@InputType("SweepAxisInput", { description: "A property in which the runs of a sweep differ. Give either `values` or `range`." })
export class SweepAxisInput {
  @Field(() => String, {
    description:
      "A field of the run's input, such as `generations`, `encoding`, `modelId` or `classes`, or `parameters.` and the name of a parameter.",
  })
  path!: string;

  @Field(() => [ParameterValueScalar], {
    nullable: true,
    description: `Its values, as in the run's input: 1 to ${values.maximum} different ones.`,
  })
  values?: unknown[] | null;

  @Field(() => SweepRangeInput, { nullable: true, description: "The range of its values." })
  range?: SweepRangeInput | null;
}

@InputType("SweepSampleInput", { description: "A random sample of points." })
export class SweepSampleInput {
  @Field(() => Int, { description: `Number of different points: ${runs.minimum} to ${runs.maximum}.` })
  count!: number;

  @Field(() => Int, { description: "Seed of the sampler. The same seed draws the same points; it is not a seed of the runs." })
  seed!: number;
}

@InputType("SweepRunInput", { description: "The run that the points of a sweep vary. Give exactly one field." })
export class SweepRunInput {
  @Field(() => StartEvolutionInput, { nullable: true, description: "MAP-Elites over the classes of a model." })
  evolution?: StartEvolutionInput | null;

  @Field(() => StartAscentInput, { nullable: true, description: "A gradient ascent; in a sweep, without a random search." })
  ascent?: StartAscentInput | null;

  @Field(() => StartPerturbationInput, { nullable: true, description: "Attacks on an image." })
  perturbation?: StartPerturbationInput | null;

  @Field(() => StartChainInput, { nullable: true, description: "A retraining chain; at most 50 in a sweep." })
  retraining?: StartChainInput | null;
}

@InputType("SweepLimitsInput", { description: "Budgets and place in the queue of a sweep." })
export class SweepLimitsInput {
  @Field(() => Float, {
    nullable: true,
    description: "Evaluations of all runs after which the sweep pauses, at the next checkpoints. Default: no limit.",
  })
  maxEvaluations?: number | null;

  @Field(() => Float, {
    nullable: true,
    description: "Seconds of computing of all runs, added up, after which the sweep pauses. Default: no limit.",
  })
  maxSeconds?: number | null;

  @Field(() => SweepPriorityEnum, { nullable: true, description: "Default: NORMAL." })
  priority?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: `Runs that may be computed at the same time, ${concurrency.minimum} to ${concurrency.maximum}. Default: no limit.`,
  })
  concurrency?: number | null;
}

@InputType("HalvingInput", {
  description:
    "Successive halving (Jamieson & Talwalkar 2016): all points run up to the first rung, the best 1/eta of them continue to the next, " +
    "which is eta times further, and so on. The runs of the other points end.",
})
export class HalvingInput {
  @Field(() => Float, {
    description: "The first rung: a generation of evolutions, a number of evaluations of ascents and perturbations.",
  })
  minimum!: number;

  @Field(() => Int, {
    nullable: true,
    description: `One of this many points continues, ${halvingLimits.eta.minimum} to ${halvingLimits.eta.maximum}. Default: ${defaultEta}.`,
  })
  eta?: number | null;
}

@InputType("EarlyStoppingInput", { description: "Rules that end runs of a sweep before the end of their plan." })
export class EarlyStoppingInput {
  @Field(() => Int, {
    nullable: true,
    description: `Ends an evolution when the search's median, on float pixels, has not improved for this many generations, ${plateau.minimum} to ${plateau.maximum}. Default: no rule.`,
  })
  plateauGenerations?: number | null;

  @Field(() => Float, {
    nullable: true,
    description: `The improvement in nines below which a plateau counts none, ${delta.minimum} to ${delta.maximum}. Default: 0.01.`,
  })
  plateauDelta?: number | null;

  @Field(() => Int, {
    nullable: true,
    description:
      "From this generation on, ends an evolution whose search's best median, on float pixels, is below the median of what the ended ones had on average so far " +
      "(median stopping rule, Golovin et al. 2017); at least 5 must have ended. Default: no rule.",
  })
  medianAfter?: number | null;

  @Field(() => HalvingInput, {
    nullable: true,
    description: "Ends the runs of all but the best points at each rung. Not for retraining chains. Default: no rule.",
  })
  halving?: HalvingInput | null;
}

@InputType("StartSweepInput", { description: "Input of `startSweep` and `planSweep`." })
export class StartSweepInput {
  @Field(() => String, {
    nullable: true,
    description: `Display name, at most ${name.maximum} characters. Default: made of its axes.`,
  })
  name?: string | null;

  @Field(() => SweepRunInput, {
    description: "The run to vary, with the experiment and the first seed of the sweep.",
  })
  run!: SweepRunInput;

  @Field(() => [SweepAxisInput], { description: `The properties to vary: ${axes.minimum} to ${axes.maximum}.` })
  axes!: SweepAxisInput[];

  @Field(() => SweepSampleInput, { nullable: true, description: "Draws points at random. Default: a grid of all combinations." })
  sample?: SweepSampleInput | null;

  @Field(() => Int, {
    nullable: true,
    description: `Runs of each point, with the seeds from the run's own upwards: ${seeds.minimum} to ${seeds.maximum}. Default: 1.`,
  })
  replicates?: number | null;

  @Field(() => [Int], { nullable: true, description: "The seeds of each point, in place of `replicates`." })
  seeds?: number[] | null;

  @Field(() => SweepLimitsInput, { nullable: true, description: "Budgets and place in the queue. Default: none." })
  limits?: SweepLimitsInput | null;

  @Field(() => EarlyStoppingInput, { nullable: true, description: "Rules that end evolutions early. Default: none." })
  earlyStopping?: EarlyStoppingInput | null;

  @Field(() => String, {
    nullable: true,
    description:
      "A unique string, such as a UUID, of at most 200 characters. A repeated request with the same key returns the same sweep. " +
      "Default: the key in the input of the run.",
  })
  idempotencyKey?: string | null;
}

@InputType("SweepInput", { description: "Identifies a sweep." })
export class SweepInput {
  @Field(() => ID, { description: "ID of the sweep, or its key such as SWP-7." })
  sweepId!: string;
}

@InputType("ChangeSweepInput", { description: "Input of `changeSweep`." })
export class ChangeSweepInput extends SweepInput {
  @Field(() => SweepLimitsInput, { description: "The new limits. A limit that is left out no longer applies." })
  limits!: SweepLimitsInput;

  @Field(() => SweepLimitsInput, previousValue("The limits"))
  previousLimits?: SweepLimitsInput | null;
}

@InputType("SweepFilter", { description: "Filters for sweeps. A sweep must match all of them; null leaves a filter out." })
export class SweepFilter {
  @Field(() => ID, { nullable: true, description: "Only sweeps of this experiment (ID, or key such as EXP-12)." })
  experimentId?: string | null;

  @Field(() => [SweepStateEnum], { nullable: true, description: "Only sweeps in one of these states." })
  state?: string[] | null;
}
