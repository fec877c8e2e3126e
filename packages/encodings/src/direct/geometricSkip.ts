/**
 * Draws the number of genes to skip before the next mutated one: floor(log(1 - u) / log(1 - rate)) for a uniform u, the geometric
 * distribution. u has 32 bits, and in nearly every case the first 12 determine the result, which is read from a table. The other cases
 * compute the logarithm. Both give the same result for every u.
 */
import type { Random } from "@pareidolia/core/random";
import { logarithm } from "../elementary.ts";

const tableBits = 12;
const shift = 32 - tableBits;
/** Far above the logarithm's error and far below the step between two u. Keeps values near a whole number out of the table. */
const margin = 1e-6;
/** Marks a bucket in which the result depends on the other bits of u. */
const mixed = 0xffff;

/** Creates the draw for a rate in [0, 1). A rate so small that 1 - rate rounds to 1 gives infinity: no gene mutates. */
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
    const skip = table[bits >>> shift] as number;
    return skip === mixed ? Math.floor(scaled(bits)) : skip;
  };
}
