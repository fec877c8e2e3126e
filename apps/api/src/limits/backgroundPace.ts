/**
 * How long work without a waiting user pauses, so that it uses at most half of its sender's limit and no other request is refused because of
 * it: pages of bulk queries, and events of subscriptions.
 */
import type { Balance } from "./costBuckets.ts";

const shortest = 1_000;
const longest = 60_000;

/** Milliseconds until the bucket is half empty, with room for a cost that was not accepted; 0 if it is. */
export function pauseAfter({ accepted, limit, remaining, drainPerSecond }: Balance, cost: number): number {
  const needed = limit / 2 + (accepted ? 0 : cost) - remaining;
  return needed <= 0 ? 0 : Math.min(longest, Math.max(shortest, (1_000 * needed) / drainPerSecond));
}
