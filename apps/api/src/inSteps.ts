/** Long computations in steps, so that the process answers other requests meanwhile. */
import { setImmediate } from "node:timers/promises";

export async function inSteps(steps: Iterable<unknown>): Promise<void> {
  for (const _ of steps) await setImmediate();
}
