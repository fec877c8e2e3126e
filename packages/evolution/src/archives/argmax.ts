/**
 * The insertion of a standard categorical archive: a child may enter only the niche of its top class (the first one on a tie).
 * Kept as an ablation: classes that are never the top class of any child stay empty.
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
