/**
 * The paper's insertion (released code, map_elite.hpp): a child is compared in EVERY niche and may win many.
 * A standard categorical archive differs: there, a solution has one category and can enter only that cell.
 * Strictly greater fitness wins. Any child fills an empty niche, so all niches are full after generation 0.
 */
import type { InsertionRule } from "./insertionRule.ts";

export const everyClass = {
  id: "every-class",
  insert(table, individual, probabilities, offset, replaced) {
    const { fitness } = table;
    let jumps = 0;
    for (let niche = 0; niche < fitness.length; niche++) {
      const probability = probabilities[offset + niche] as number;
      if (probability < (fitness[niche] as number) || !table.offer(niche, individual, probability)) continue;
      replaced(niche);
      jumps++;
    }
    return jumps;
  },
} as const satisfies InsertionRule;
