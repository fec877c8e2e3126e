/** Registers tests that only `npm run audit -- --full` runs, beside tests of their file that are their sample in `npm test`. */
import { describe, it } from "vitest";
import { isFull } from "./sampled.ts";

const unregistered = (): void => undefined;

/** Only `inFull(…)` and `inFull.each(…)` are used. */
const never = Object.assign(unregistered, { each: () => unregistered }) as unknown as typeof it;

export const inFull: typeof it = isFull ? it : never;
/** For a suite without another test. */
export const describeInFull: typeof describe = isFull ? describe : (unregistered as unknown as typeof describe);
