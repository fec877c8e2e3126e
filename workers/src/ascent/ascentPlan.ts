/** The trajectories of an ascent: each configuration climbs towards every class from every start. */
import { AppError } from "@pareidolia/core/appError";
import type { Parameters } from "@pareidolia/core/parameterSpec";
import type { TrajectoryAddress } from "@pareidolia/persistence/database/deterministicIds";
import type { ClaimedRun } from "@pareidolia/persistence/runs/claimRun";

type Ascent = Pick<ClaimedRun<"ascent">, "plan" | "parameters">;

/** Each configuration's complete parameters: those of the search, or the run's own alone. */
export function configurationsOf({ plan, parameters }: Ascent): readonly Parameters[] {
  return plan.search?.configurations ?? [parameters];
}

/** By class and start. */
export function trajectoriesOf({ plan: { classes, starts } }: Ascent, configuration: number): TrajectoryAddress[] {
  return classes.flatMap((target) => Array.from({ length: starts }, (_, start) => ({ configuration, class: target, start })));
}

/** Evaluations of one trajectory at most. @throws AppError CORRUPT_DATA for a configuration that the run does not have. */
export function budgetOf(run: Ascent, configuration: number): number {
  const parameters = configurationsOf(run)[configuration];
  if (parameters === undefined) throw new AppError("CORRUPT_DATA", "A trajectory belongs to a configuration that this run does not have.");
  return Number(parameters["iterations"]);
}
