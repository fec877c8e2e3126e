/** Into which niches an evaluated individual may go. */
import type { Individual } from "../lineage.ts";
import type { EliteTable } from "./eliteTable.ts";

export interface InsertionRule {
  readonly id: string;
  /**
   * Offers the individual whose class probabilities start at `offset`, calls `replaced` for each niche it took and
   * returns their number.
   */
  insert<G>(
    table: EliteTable<G>,
    individual: Individual<G>,
    probabilities: Float32Array,
    offset: number,
    replaced: (niche: number) => void,
  ): number;
}
