/** The states of a run and the allowed transitions between them. A database trigger checks the same table. */
export const runStates = ["QUEUED", "RUNNING", "PAUSED", "SUCCEEDED", "FAILED", "CANCELLED", "CRASHED"] as const;
export type RunState = (typeof runStates)[number];

/** Requests to a running run. Its worker follows them at the next point where it can stop. */
export const runControls = ["NONE", "PAUSE", "CANCEL"] as const;
export type RunControl = (typeof runControls)[number];

export const runTransitions: Readonly<Record<RunState, readonly RunState[]>> = {
  // A run that waits at a rung of successive halving may succeed there, without a worker.
  QUEUED: ["RUNNING", "PAUSED", "SUCCEEDED", "CANCELLED", "FAILED"],
  RUNNING: ["QUEUED", "PAUSED", "SUCCEEDED", "FAILED", "CANCELLED", "CRASHED"],
  PAUSED: ["QUEUED", "CANCELLED"],
  FAILED: ["QUEUED"],
  CRASHED: ["QUEUED", "CANCELLED"],
  SUCCEEDED: [],
  CANCELLED: [],
};

export function canTransition(from: RunState, to: RunState): boolean {
  return runTransitions[from].includes(to);
}
