/** The unit of a run's speed: of its last interval while it is running, otherwise the mean over its computing. */
export function speedUnit(state: string, noun: "evaluations" | "gradients"): string {
  return state === "RUNNING" ? `${noun}/s` : `${noun}/s on average`;
}
