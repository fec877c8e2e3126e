/** Temporary files of unfinished writes, which killed processes leave behind. */
import { sweepGraceMilliseconds } from "../objectStores/objectStore.ts";
import type { Sweep } from "./sweep.ts";

export const leftovers: Sweep = {
  kind: "leftovers",
  title: "Unfinished writes",
  graceSeconds: sweepGraceMilliseconds / 1000,
  async sweep({ objectStore, dryRun, signal }) {
    signal.throwIfAborted();
    const writtenBefore = new Date(Date.now() - sweepGraceMilliseconds);
    const removed = await objectStore.clearLeftovers({ writtenBefore, dryRun });
    const all = await objectStore.clearLeftovers({ writtenBefore: new Date(), dryRun: true });
    const counted = dryRun ? removed : { count: 0, byteLength: 0 };
    return { removed, waiting: { count: all.count - counted.count, byteLength: all.byteLength - counted.byteLength } };
  },
};
