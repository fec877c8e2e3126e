/**
 * The stock categorical archive: a child may enter only the niche of the class that the network takes it for (the first
 * of equals). Kept as an ablation: with it classes that are never anybody's first choice stay empty.
 */
import { topClass } from "@pareidolia/core/topClass";
import type { InsertionRule } from "./insertionRule.ts";

export const argmax = {
  id: "argmax",
  insert(table, individual, probabilities, offset, replaced) {
    const top = topClass(probabilities.subarray(offset, offset + table.fitness.length));
    if (!table.offer(top, individual, probabilities[offset + top] as number)) return 0;
    replaced(top);
    return 1;
  },
} as const satisfies InsertionRule;
