/** Which seeds an experiment runs: those that the user asks for, or as many as its bars need. */
import type { Budget, ExperimentOptions } from "./experiment.ts";

/** Runs of a search per network for tests whose units are runs: 5 against 5 can reach p = .004, 8 against 8 the paper's .0001. */
export const comparedRuns: Readonly<Record<Budget, number>> = { quick: 5, full: 8 };

export function seedsOf({ seeds }: Pick<ExperimentOptions, "seeds">, count: number): readonly number[] {
  return seeds ?? Array.from({ length: count }, (_, index) => index + 1);
}
