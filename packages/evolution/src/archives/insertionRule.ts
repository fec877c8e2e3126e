/** Decides which niches an evaluated individual competes for. */
import type { Individual } from "../lineage.ts";
import type { EliteTable } from "./eliteTable.ts";

export interface InsertionRule {
  readonly id: string;
  /**
   * Inserts the individual, whose class probabilities start at `offset`. Calls `replaced` for each niche it takes and returns
   * their number.
   */
  insert<G>(
    table: EliteTable<G>,
    individual: Individual<G>,
    probabilities: Float32Array,
    offset: number,
    replaced: (niche: number) => void,
  ): number;
}
