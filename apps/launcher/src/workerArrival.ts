/**
 * Detects that the worker just started is running, in the API's list of workers. A killed worker counts as alive for some seconds, so
 * only a worker that was not in the list before counts.
 */

interface WorkersResponse {
  readonly data?: { readonly workers: readonly { readonly id: string; readonly alive: boolean }[] } | null;
}

/** The first response only records the workers that are already alive, so request it before starting the worker. */
export function watchForNewWorker(): (response: Response) => Promise<boolean> {
  let known: Set<string> | null = null;
  return async (response) => {
    const { data } = (await response.json()) as WorkersResponse;
    if (data === undefined || data === null) return false;
    const alive = data.workers.filter((worker) => worker.alive).map(({ id }) => id);
    const previous = known;
    known = new Set([...(previous ?? []), ...alive]);
    return previous !== null && alive.some((id) => !previous.has(id));
  };
}
