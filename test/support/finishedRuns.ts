/**
 * Finished runs for tests that only read them. The first test that needs a run starts it, the others find it by its key. A test that
 * changes, measures or watches a run starts its own.
 */
import type { Page } from "@playwright/test";
import { type Keyed, startRun, startSearch, waitForFinish } from "./browser.ts";

interface Evolution {
  readonly encoding?: "direct" | "cppn";
  readonly generations: number;
  /** Prefix of the model's name. */
  readonly model?: string;
}

/** For a test that watches how the run fills its page, and does not need to see its start. */
export function sharedRun(page: Page, { encoding = "direct", generations, model = "LeNet (MNIST)" }: Evolution): Promise<Keyed> {
  const idempotencyKey = `shared ${encoding} ${generations} ${model}`;
  return startRun(page, { name: "Shared evolution", encoding, generations, model, idempotencyKey });
}

export async function finishedRun(page: Page, evolution: Evolution): Promise<Keyed> {
  const run = await sharedRun(page, evolution);
  await waitForFinish(page, run);
  return run;
}

/** A random search of two configurations with sixty trajectories each. */
export async function finishedSearch(page: Page): Promise<Keyed> {
  const size = { configurations: 2, drawn: ["decay"], classes: [3, 8], starts: 30, iterations: 2 };
  const run = await startSearch(page, { name: "Shared search", ...size, idempotencyKey: "shared search" });
  await waitForFinish(page, run);
  return run;
}
