/**
 * The distance to the next mutated gene, floor(log(1 - u) / log(1 - rate)) of a uniform u: the geometric distribution.
 * u has 32 bits, so its first 12 tell the distance in nearly every case: a table answers those, and the logarithm the
 * rest. Both give the same distance for every u.
 */
import type { Random } from "@pareidolia/core/random";
import { logarithm } from "../elementary.ts";

const tableBits = 12;
const shift = 32 - tableBits;
/** Far above the logarithm's error and far below the distance of two u: keeps a value near a whole number out of the table. */
const margin = 1e-6;
/** A bucket in which the distance is not the same for every u. */
const mixed = 0xffff;

/** Makes the draw for a rate from 0 on and below 1. A rate that 1 - rate loses is as good as none: nothing is ever reached. */
export function geometricSkip(rate: number): (random: Random) => number {
  if (1 - rate === 1) return () => Number.POSITIVE_INFINITY;
  const perLog = 1 / logarithm(1 - rate);
  const scaled = (bits: number): number => logarithm(1 - bits * 2 ** -32) * perLog;
  const table = Uint16Array.from({ length: 2 ** tableBits }, (_, bucket) => {
    const least = Math.floor(scaled(bucket * 2 ** shift) - margin);
    const most = Math.floor(scaled((bucket + 1) * 2 ** shift - 1) + margin);
    return Math.max(0, least) === most && most < mixed ? most : mixed;
  });
  return (random) => {
    const bits = random.uint32();
    const known = table[bits >>> shift] as number;
    return known === mixed ? Math.floor(scaled(bits)) : known;
  };
}
