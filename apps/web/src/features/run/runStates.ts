/** What each state allows. The API decides; this keeps buttons that would be refused off the page. */
import type { RunState } from "../../graphql/generated/graphql.ts";

/** Somebody works on it or will. */
export function isActive(state: RunState): boolean {
  return state === "RUNNING" || state === "QUEUED";
}

/** Nothing of it will change any more. */
export function isOver(state: RunState): boolean {
  return !isActive(state) && !canResume(state);
}

export function canPause(state: RunState): boolean {
  return isActive(state);
}

/** An outage paused it, and it continues by itself unless a person pauses it for good. */
export function isWaitingOut(run: { readonly state: RunState; readonly outage?: string | null }): boolean {
  return run.state === "PAUSED" && typeof run.outage === "string";
}

export function canResume(state: RunState): boolean {
  return state === "PAUSED" || state === "FAILED" || state === "CRASHED";
}

export function canCancel(state: RunState): boolean {
  return isActive(state) || state === "PAUSED" || state === "CRASHED";
}
