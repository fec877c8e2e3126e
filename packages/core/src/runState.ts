/** The states of a run and the only steps between them. The database checks the same table in a trigger. */
export const runStates = ["QUEUED", "RUNNING", "PAUSED", "SUCCEEDED", "FAILED", "CANCELLED", "CRASHED"] as const;
export type RunState = (typeof runStates)[number];

/** What somebody has asked of a run that a worker holds; the worker honours it at its next generation. */
export const runControls = ["NONE", "PAUSE", "CANCEL"] as const;
export type RunControl = (typeof runControls)[number];

export const runTransitions: Readonly<Record<RunState, readonly RunState[]>> = {
  QUEUED: ["RUNNING", "PAUSED", "CANCELLED", "FAILED"],
  RUNNING: ["QUEUED", "PAUSED", "SUCCEEDED", "FAILED", "CANCELLED", "CRASHED"],
  PAUSED: ["QUEUED", "CANCELLED"],
  FAILED: ["QUEUED"],
  CRASHED: ["QUEUED", "CANCELLED"],
  SUCCEEDED: [],
  CANCELLED: [],
};

export function canStep(from: RunState, to: RunState): boolean {
  return runTransitions[from].includes(to);
}

/** Runs that ended without finishing. Only these can be deleted: the results of a finished run keep their addresses. */
const deletable: readonly RunState[] = ["FAILED", "CRASHED", "CANCELLED"];

export function canDelete(state: RunState): boolean {
  return deletable.includes(state);
}
