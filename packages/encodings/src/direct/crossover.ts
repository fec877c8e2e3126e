/**
 * Simulated binary crossover bounded to [0, 1] (Deb; released code, evo_float_image.hpp): creates two children around their parents,
 * with the spread of a one-point crossover of bit strings. For each gene, a coin decides which child gets which value.
 */
import type { Random } from "@pareidolia/core/random";
import { power, rootOf, wholePower } from "../elementary.ts";

/** Genes closer than this are copied, as in the released code. */
const epsilon = 2 ** -23;

/** Creates the crossover for a fixed eta. It does not change the parents. */
export function simulatedBinaryCrossover(
  eta: number,
): (first: Float32Array, second: Float32Array, random: Random) => readonly [Float32Array, Float32Array] {
  const n = eta + 1;
  const root = rootOf(n);
  const raise = Number.isInteger(n) ? (x: number) => wholePower(x, n) : (x: number) => power(x, n);

  /** The child's distance from the parents' mean, in half parent distances. `room` is the distance of the nearer parent to the bound. */
  function spread(r: number, distance: number, room: number): number {
    const alpha = 2 - 1 / raise(1 + (2 * room) / distance);
    const scaled = r * alpha;
    return scaled <= 1 ? root(scaled) : root(1 / (2 - scaled));
  }

  return (first, second, random) => {
    const a = first.slice();
    const b = second.slice();
    for (let i = 0; i < a.length; i++) {
      const low = Math.min(a[i] as number, b[i] as number);
      const high = Math.max(a[i] as number, b[i] as number);
      const distance = high - low;
      if (distance <= epsilon) continue;
      const r = random.uniform();
      const lower = Math.max(0, 0.5 * (low + high - spread(r, distance, low) * distance));
      const upper = Math.min(1, 0.5 * (low + high + spread(r, distance, 1 - high) * distance));
      const swap = random.chance(0.5);
      a[i] = swap ? upper : lower;
      b[i] = swap ? lower : upper;
    }
    return [a, b];
  };
}
