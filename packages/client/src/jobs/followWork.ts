/** Follows runs and sweeps until they have ended. */
import type { Client } from "../createClient.ts";
import { type RunEventsSubscription, runEvents, type SweepFieldsFragment, sweepChanges } from "../generated/operations.ts";
import { PareidoliaError } from "../pareidoliaError.ts";

export type RunEvent = RunEventsSubscription["runEvents"];

interface FollowOptions<Change> {
  /** Stops following; the work continues. */
  readonly signal?: AbortSignal | undefined;
  readonly onChange?: ((change: Change) => void) | undefined;
}

/** Returns the run as its last event shows it. `run` is its ID or key. @throws PareidoliaError */
export async function waitForRun(
  client: Client,
  run: string,
  { since = 0, signal, onChange }: FollowOptions<RunEvent> & { readonly since?: number } = {},
): Promise<RunEvent["run"]> {
  let last: RunEvent | null = null;
  for await (const { runEvents: event } of client.subscribe(runEvents, { runId: run, since }, { signal })) {
    last = event;
    onChange?.(event);
  }
  if (last === null) throw new PareidoliaError("BAD_RESPONSE", `The run ${run} has no event after ${since}.`);
  return last.run;
}

const endedSweeps: ReadonlySet<string> = new Set(["SUCCEEDED", "CANCELLED"]);

/** Returns the sweep once all of its runs have ended. `sweep` is its ID or key. @throws PareidoliaError */
export async function waitForSweep(
  client: Client,
  sweep: string,
  { signal, onChange }: FollowOptions<SweepFieldsFragment> = {},
): Promise<SweepFieldsFragment> {
  for await (const { sweepChanges: change } of client.subscribe(sweepChanges, { sweepId: sweep }, { signal })) {
    onChange?.(change);
    if (endedSweeps.has(change.state)) return change;
  }
  throw new PareidoliaError("NETWORK", `The changes of ${sweep} ended before the sweep did.`);
}
