/**
 * Standard normal draws by Marsaglia's polar method. Math.log may differ in the last bit between machines. Callers round to float32,
 * which almost always hides the difference, and ascents are reproducible only on one engine anyway.
 */
import type { Random } from "@pareidolia/core/random";

export function normalStream(random: Random): () => number {
  let spare: number | null = null;
  return () => {
    if (spare !== null) {
      const value = spare;
      spare = null;
      return value;
    }
    for (;;) {
      const u = 2 * random.uniform() - 1;
      const v = 2 * random.uniform() - 1;
      const square = u * u + v * v;
      if (square === 0 || square >= 1) continue;
      const factor = Math.sqrt((-2 * Math.log(square)) / square);
      spare = v * factor;
      return u * factor;
    }
  };
}
