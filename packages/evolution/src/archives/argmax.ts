/**
 * The stock categorical archive: a child may enter only the niche of the class that the network takes it for (the first
 * of equals). Kept as an ablation: with it classes that are never anybody's first choice stay empty.
 */
import type { InsertionRule } from "./insertionRule.ts";

export const argmax: InsertionRule = {
  id: "argmax",
  insert(table, individual, probabilities, offset, replaced) {
    let best = 0;
    for (let niche = 1; niche < table.fitness.length; niche++)
      if ((probabilities[offset + niche] as number) > (probabilities[offset + best] as number)) best = niche;
    if (!table.offer(best, individual, probabilities[offset + best] as number)) return 0;
    replaced(best);
    return 1;
  },
};
