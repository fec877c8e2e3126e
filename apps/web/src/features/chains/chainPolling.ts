/** How soon a chain's page asks again: its links come by no event. */
import type { RunState } from "../../graphql/generated/graphql.ts";
import { isActive, isOver } from "../run/runStates.ts";

const activeMilliseconds = 2_000;
/** One that stopped may be resumed from elsewhere. */
const stoppedMilliseconds = 5_000;

/** Milliseconds; null where nothing new can come. */
export function askChainAfter(state: RunState): number | null {
  if (isActive(state)) return activeMilliseconds;
  return isOver(state) ? null : stoppedMilliseconds;
}
