/** What an ascent is asked: by which configurations it climbs, and from where to where. */
import { AppError } from "@pareidolia/core/appError";
import type { Parameters } from "@pareidolia/core/parameterSpec";
import type { ClaimedRun } from "@pareidolia/persistence/runs/claimRun";
import type { TrajectoryAddress } from "@pareidolia/persistence/runs/deterministicIds";

export interface AscentPlan {
  /** Each one's complete parameters: those of the search, or the run's own alone. */
  readonly configurations: readonly Parameters[];
  readonly isSearch: boolean;
  readonly classes: readonly number[];
  /** Start images a class. */
  readonly starts: number;
}

/** @throws AppError CORRUPT_DATA. */
export function readAscentPlan({ plan, parameters }: ClaimedRun): AscentPlan {
  const { classes, starts, configurations } = plan;
  if (!Array.isArray(classes) || typeof starts !== "number" || (configurations !== undefined && !Array.isArray(configurations)))
    throw new AppError("CORRUPT_DATA", "This run does not say what it climbs. Start a new one.");
  return {
    configurations: (configurations as readonly Parameters[] | undefined) ?? [parameters],
    isSearch: configurations !== undefined,
    classes: classes as readonly number[],
    starts,
  };
}

/** By class and start. */
export function trajectoriesOf({ classes, starts }: AscentPlan, configuration: number): TrajectoryAddress[] {
  return classes.flatMap((target) => Array.from({ length: starts }, (_, start) => ({ configuration, class: target, start })));
}

/** Evaluations of one trajectory at most. @throws AppError CORRUPT_DATA for a configuration that the plan does not have. */
export function budgetOf({ configurations }: AscentPlan, configuration: number): number {
  const parameters = configurations[configuration];
  if (parameters === undefined) throw new AppError("CORRUPT_DATA", "A trajectory belongs to a configuration that this run does not have.");
  return Number(parameters["iterations"]);
}
