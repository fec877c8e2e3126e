/** The seeds of an experiment: the user's, or as many as its bars need. */
import type { Budget, ExperimentOptions } from "./experiment.ts";

/**
 * Runs per network for intervals and tests with runs as the units. A 95% interval of the median over runs needs six; 6 against 6 can reach
 * p = .0011, and 8 against 8 the paper's p < .0001.
 */
export const comparedRuns: Readonly<Record<Budget, number>> = { quick: 6, full: 8 };

export function seedsOf({ seeds }: Pick<ExperimentOptions, "seeds">, count: number): readonly number[] {
  return seeds ?? Array.from({ length: count }, (_, index) => index + 1);
}
