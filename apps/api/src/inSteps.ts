/** Long computations in steps, so that the process answers other requests meanwhile. */
import { setImmediate } from "node:timers/promises";

/** The value that the steps return at their end. */
export async function resultInSteps<Result>(steps: Generator<unknown, Result, void>): Promise<Result> {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    await setImmediate();
  }
}

export async function inSteps(steps: Iterable<unknown>): Promise<void> {
  for (const _ of steps) await setImmediate();
}
