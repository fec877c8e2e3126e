/** The actions that each state of a run allows. The API decides; pages hide buttons for actions that it would refuse. */
import type { RunState } from "../../graphql/generated/graphql.ts";

/** Whether a worker computes the run or will. */
export function isActive(state: RunState): boolean {
  return state === "RUNNING" || state === "QUEUED";
}

/** Whether the run has ended and cannot be resumed. */
export function isOver(state: RunState): boolean {
  return !isActive(state) && !canResume(state);
}

export function canPause(state: RunState): boolean {
  return isActive(state);
}

/** Whether an outage paused the run. It continues by itself unless a user pauses it permanently. */
export function isPausedByOutage(run: { readonly state: RunState; readonly outage?: string | null }): boolean {
  return run.state === "PAUSED" && typeof run.outage === "string";
}

export function canResume(state: RunState): boolean {
  return state === "PAUSED" || state === "FAILED" || state === "CRASHED";
}

export function canCancel(state: RunState): boolean {
  return isActive(state) || state === "PAUSED" || state === "CRASHED";
}
