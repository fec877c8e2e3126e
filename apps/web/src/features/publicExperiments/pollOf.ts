/** How often a page for visitors reads its experiment or run again: visitors get no live events. */
import type { RunState } from "../../graphql/generated/graphql.ts";
import { isActive } from "../run/runStates.ts";

const activeMilliseconds = 10_000;
const quietMilliseconds = 60_000;

/** In milliseconds; null without runs to read. */
export function pollOf(runs: readonly { readonly state: RunState }[] | null | undefined): number | null {
  if (runs == null) return null;
  return runs.some(({ state }) => isActive(state)) ? activeMilliseconds : quietMilliseconds;
}
