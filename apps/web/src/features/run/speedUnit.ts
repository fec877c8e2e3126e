/** The unit of a run's speed: of its last interval while it is running, otherwise the mean over its computing. */
export function speedUnit({ state }: { readonly state: string }): string {
  return state === "RUNNING" ? "evaluations/s" : "evaluations/s on average";
}
