/** Limits the memory that garbage takes in a server's process. */
import { setFlagsFromString } from "node:v8";

/** Percent of what was in use after the last collection of the whole heap. */
const growth = 50;

/**
 * Collects the whole heap sooner. V8 otherwise waits until the heap is up to four times as large as what is in use, so a flood of requests
 * takes hundreds of megabytes for garbage, and keeps them.
 */
export function growHeapSlowly(): void {
  setFlagsFromString(`--heap-growing-percent=${growth}`);
}
