/** Waits for a job of the API: reads it until it has ended, at first every half second, then less often. */
import { pause } from "../http/backoff.ts";
import { PareidoliaError } from "../pareidoliaError.ts";

/** The fields that every job of the API has. */
interface Job {
  readonly state: string;
  readonly failure: string | null;
}

export interface JobOptions<Found> {
  /** Stops the wait; the job continues. */
  readonly signal?: AbortSignal | undefined;
  /** Called with the job each time it is read. */
  readonly onProgress?: ((job: Found) => void) | undefined;
}

const secondsAtFirst = 0.5;
const secondsAtMost = 5;

const failedStates: ReadonlySet<string> = new Set(["FAILED", "CANCELLED"]);

/** @throws PareidoliaError JOB_FAILED if the job failed or was cancelled. */
export function requireNotFailed({ state, failure }: Job): void {
  if (failedStates.has(state)) throw new PareidoliaError("JOB_FAILED", failure ?? `The job is ${state.toLowerCase()}.`);
}

/** Returns the job as soon as its state is one of `until`. @throws PareidoliaError JOB_FAILED if it fails or is cancelled, NOT_FOUND if it is deleted. */
export async function waitForJob<Found extends Job>(
  read: () => Promise<Found | null>,
  until: readonly string[],
  { signal, onProgress }: JobOptions<Found>,
): Promise<Found> {
  for (let seconds = secondsAtFirst; ; seconds = Math.min(secondsAtMost, seconds * 1.3)) {
    const job = await read();
    if (job === null) throw new PareidoliaError("NOT_FOUND", "The job is gone: it was deleted, or you no longer have access to it.");
    onProgress?.(job);
    if (until.includes(job.state)) return job;
    requireNotFailed(job);
    await pause(seconds, signal);
  }
}
