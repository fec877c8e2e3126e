/** The polling interval of a chain's page, since events do not contain its links. */
import type { RunState } from "../../graphql/generated/graphql.ts";
import { isActive, isOver } from "../run/runStates.ts";

const activeMilliseconds = 2_000;
/** A stopped chain may be resumed from another page. */
const stoppedMilliseconds = 5_000;

/** Milliseconds; null once the chain has ended. */
export function chainPollInterval(state: RunState): number | null {
  if (isActive(state)) return activeMilliseconds;
  return isOver(state) ? null : stoppedMilliseconds;
}
