/** The number of gradients that an ascent or a random search computes: the maximum or, if iterations are drawn, the average. */
import { formatCount } from "../marks/numbers.ts";
import { RunEstimate } from "./RunEstimate.tsx";
import { searchedIterations } from "./searchSize.ts";
import type { AscentSearch } from "./useAscentSearch.ts";
import type { MethodChoice } from "./useMethodForm.ts";

interface AscentEstimateProps {
  /** Number of classes times starts; null while the form is incomplete. */
  readonly trajectories: number | null;
  /** The form's value, used unless iterations are drawn. */
  readonly iterations: number;
  readonly search: AscentSearch;
  readonly method: MethodChoice | undefined;
}

const parameterName = "iterations";

export function AscentEstimate({ trajectories, iterations, search, method }: AscentEstimateProps) {
  const drawn = search.isOn && search.drawn.has(parameterName);
  const choices = drawn ? (method?.searchSpace.find(({ name }) => name === parameterName)?.choices ?? null) : null;
  const { expected, maximum } = searchedIterations(choices, iterations);
  const configurations = search.isOn ? search.count : 1;
  const allTrajectories = trajectories === null || configurations === null || !(expected > 0) ? null : trajectories * configurations;
  const product = search.isOn
    ? `: ${formatCount(configurations ?? 0)} configurations of ${formatCount(trajectories ?? 0)} trajectories`
    : "";
  const largestTotal = formatCount(Math.round((allTrajectories ?? 0) * maximum));
  const description = drawn
    ? `gradients expected${product}, with ${formatCount(expected)} iterations each on average. At most ${largestTotal}, with ${formatCount(maximum)} each`
    : `gradients at most${product}; a trajectory may end sooner`;
  return (
    <RunEstimate
      evaluations={allTrajectories === null ? null : Math.round(allTrajectories * expected)}
      speed={null}
      description={`${description}. The speed of gradients has not been measured yet`}
      missing={search.isOn ? "Fill in configurations, starts and iterations." : "Fill in starts and iterations."}
    />
  );
}
