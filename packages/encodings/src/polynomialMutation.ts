/**
 * Polynomial mutation of a gene in [0, 1] (Deb; released code, evo_float): r ~ U(0,1) and
 *   delta = (2r)^(1/(eta+1)) - 1          for r < 1/2
 *   delta = 1 - (2(1-r))^(1/(eta+1))      otherwise,
 * then clipped. Small steps are likely, and steps across the whole range are possible. A larger eta gives smaller steps.
 */
import type { Random } from "@pareidolia/core/random";
import { rootOf } from "./elementary.ts";

/** Creates the mutation of one gene for a fixed eta. The result is a float32. */
export function polynomialMutation(eta: number): (gene: number, random: Random) => number {
  const root = rootOf(eta + 1);
  return (gene, random) => {
    const r = random.uniform();
    const size = root(Math.min(2 * r, 2 * (1 - r))) - 1;
    return Math.fround(Math.max(0, Math.min(1, gene + (r < 0.5 ? size : -size))));
  };
}
