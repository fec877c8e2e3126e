/**
 * The paper's insertion (released code, map_elite.hpp): a child is compared in EVERY niche and may win many.
 * This differs from a stock categorical archive, in which a solution has one category and can enter only that cell.
 * Strictly greater wins; an empty niche is always filled, so all niches are full after generation 0.
 */
import type { InsertionRule } from "./insertionRule.ts";

export const everyClass = {
  id: "every-class",
  insert(table, individual, probabilities, offset, replaced) {
    const held = table.fitness;
    let jumps = 0;
    for (let niche = 0; niche < held.length; niche++) {
      const probability = probabilities[offset + niche] as number;
      if (probability < (held[niche] as number) || !table.offer(niche, individual, probability)) continue;
      replaced(niche);
      jumps++;
    }
    return jumps;
  },
} as const satisfies InsertionRule;
