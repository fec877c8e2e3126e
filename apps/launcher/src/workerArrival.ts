/**
 * Whether the worker that was just started has arrived, told by the API's list of workers. A killed worker counts as alive there
 * for some seconds more, so only one that the list did not show before is an answer.
 */

interface WorkersAnswer {
  readonly data?: { readonly workers: readonly { readonly id: string; readonly alive: boolean }[] } | null;
}

/** The first answer only says who was there before; ask it before the worker can have arrived. */
export function watchForNewWorker(): (response: Response) => Promise<boolean> {
  let known: Set<string> | null = null;
  return async (response) => {
    const { data } = (await response.json()) as WorkersAnswer;
    if (data === undefined || data === null) return false;
    const alive = data.workers.filter((worker) => worker.alive).map(({ id }) => id);
    const before = known;
    known = new Set([...(before ?? []), ...alive]);
    return before !== null && alive.some((id) => !before.has(id));
  };
}
