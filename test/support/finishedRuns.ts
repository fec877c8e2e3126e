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

function keyOf({ encoding = "direct", generations, model = "LeNet (MNIST)" }: Evolution): string {
  return `shared ${encoding} ${generations} ${model}`;
}

/** For a test that watches how the run fills its page, and does not need to see its start. */
export function sharedRun(page: Page, evolution: Evolution): Promise<Keyed> {
  return startRun(page, { name: "Shared evolution", model: "LeNet (MNIST)", ...evolution, idempotencyKey: keyOf(evolution) });
}

/** Those that tests of this worker have seen finished, by their idempotency keys: all its tests have one system. */
const finished = new Map<string, Keyed>();

async function findOrStart(page: Page, key: string, start: () => Promise<Keyed>): Promise<Keyed> {
  const known = finished.get(key);
  if (known !== undefined) return known;
  const run = await start();
  await waitForFinish(page, run);
  finished.set(key, run);
  return run;
}

export function finishedRun(page: Page, evolution: Evolution): Promise<Keyed> {
  return findOrStart(page, keyOf(evolution), () => sharedRun(page, evolution));
}

/** A random search of two configurations with sixty trajectories each. */
export function finishedSearch(page: Page): Promise<Keyed> {
  const size = { configurations: 2, drawn: ["decay"], classes: [3, 8], starts: 30, iterations: 2 };
  const idempotencyKey = "shared search";
  return findOrStart(page, idempotencyKey, () => startSearch(page, { name: "Shared search", ...size, idempotencyKey }));
}
