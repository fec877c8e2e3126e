/**
 * A worker's speed is the speed of its run, in evaluations per second. Pages read it from the run's row in the client's cache, which
 * the run's page and its events also update, so that every page shows the same number at the same time.
 */

interface WorkerOfRun {
  readonly alive: boolean;
  readonly run?: { readonly state: string; readonly speed?: number | null } | null;
}

/** Null for an idle or lost worker, and before the run's first checkpoint. The speed of a run that has stopped is a mean, so it is left out. */
export function workerSpeed({ alive, run }: WorkerOfRun): number | null {
  return alive && run?.state === "RUNNING" ? (run.speed ?? null) : null;
}

export function totalSpeed(workers: readonly WorkerOfRun[]): number {
  return workers.reduce((sum, worker) => sum + (workerSpeed(worker) ?? 0), 0);
}
