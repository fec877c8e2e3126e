/** What an ascent or a search computes: gradients, at most or, where their number is drawn, on average. */
import { formatCount } from "../marks/numbers.ts";
import { RunEstimate } from "./RunEstimate.tsx";
import { searchedIterations } from "./searchSize.ts";
import type { AscentSearch } from "./useAscentSearch.ts";
import type { MethodChoice } from "./useMethodForm.ts";

interface AscentEstimateProps {
  /** Classes by starts; null where the form does not say. */
  readonly trajectories: number | null;
  /** The form's own, which hold where they are not drawn. */
  readonly iterations: number;
  readonly search: AscentSearch;
  readonly method: MethodChoice | undefined;
}

const drawnName = "iterations";

export function AscentEstimate({ trajectories, iterations, search, method }: AscentEstimateProps) {
  const drawn = search.on && search.drawn.has(drawnName);
  const choices = drawn ? (method?.searchSpace.find(({ name }) => name === drawnName)?.choices ?? null) : null;
  const { expected, most } = searchedIterations(choices, iterations);
  const configurations = search.on ? search.count : 1;
  const all = trajectories === null || configurations === null || !(expected > 0) ? null : trajectories * configurations;
  const total = (each: number) => formatCount(Math.round((all ?? 0) * each));
  const of = search.on ? `: ${formatCount(configurations ?? 0)} configurations of ${formatCount(trajectories ?? 0)} trajectories` : "";
  const words = drawn
    ? `gradients expected${of}, each of ${formatCount(expected)} iterations on average. At most ${total(most)}, by ${formatCount(most)} each`
    : `gradients at most${of}; a trajectory may end sooner`;
  return (
    <RunEstimate
      evaluations={all === null ? null : Math.round(all * expected)}
      speed={null}
      words={`${words}. No speed of gradients was measured yet`}
      missing={search.on ? "Fill in configurations, starts and iterations." : "Fill in starts and iterations."}
    />
  );
}
