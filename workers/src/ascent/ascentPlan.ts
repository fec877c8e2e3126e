/** The trajectories of an ascent: one for each configuration, class and start. */
import { AppError } from "@pareidolia/core/appError";
import type { Parameters } from "@pareidolia/core/parameterSpec";
import type { WholeRun } from "@pareidolia/persistence/lab/runs/wholeRun";
import type { TrajectoryAddress } from "@pareidolia/persistence/server/database/deterministicIds";

type Ascent = Pick<WholeRun<"ascent">, "plan" | "parameters">;

/** The complete parameters of each configuration; without a search, only the run's own. */
export function configurationsOf({ plan, parameters }: Ascent): readonly Parameters[] {
  return plan.search?.configurations ?? [parameters];
}

/** Trajectories of one configuration, in order of class and start. */
export function trajectoriesOf({ plan: { classes, starts } }: Ascent, configuration: number): TrajectoryAddress[] {
  return classes.flatMap((target) => Array.from({ length: starts }, (_, start) => ({ configuration, class: target, start })));
}

/** The most evaluations of one trajectory. @throws AppError CORRUPT_DATA for a configuration that the run does not have. */
export function maxEvaluationsOf(run: Ascent, configuration: number): number {
  const parameters = configurationsOf(run)[configuration];
  if (parameters === undefined) throw new AppError("CORRUPT_DATA", "A trajectory belongs to a configuration that this run does not have.");
  return Number(parameters["iterations"]);
}
