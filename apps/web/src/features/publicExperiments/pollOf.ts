/** How often a page for visitors reads its experiment again: visitors get no live events. */
import type { PublicExperimentFragment } from "../../graphql/generated/graphql.ts";
import { isActive } from "../run/runStates.ts";

const activeMilliseconds = 10_000;
const quietMilliseconds = 60_000;

/** In milliseconds; null without an experiment. */
export function pollOf(experiment: PublicExperimentFragment | null): number | null {
  if (experiment === null) return null;
  return experiment.runs.nodes.some(({ state }) => isActive(state)) ? activeMilliseconds : quietMilliseconds;
}
