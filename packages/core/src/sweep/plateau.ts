/**
 * Ends an evolution on a plateau of its median. Differences are in nines (1 from .9 to .99), because equal steps of a confidence near 1
 * differ a thousandfold in difficulty. The rule counts generations and not checkpoints, so that it ends a run at the same generation on
 * every machine: early stopping with patience (Prechelt 1998, "Early stopping - but when?", section 2).
 */
import { toNines } from "../nines.ts";

export interface PlateauRule {
  /** Generations without enough improvement. */
  readonly generations: number;
  /** In nines; an improvement of less counts as none. */
  readonly delta: number;
}

/** Watches the medians of one run, generation by generation, from generation 0. */
export class PlateauWatch {
  readonly #rule: PlateauRule;
  #best = Number.NEGATIVE_INFINITY;
  #bestGeneration = 0;

  constructor(rule: PlateauRule) {
    this.#rule = rule;
  }

  /** Adds the median of the next generation. True if the run has not improved by `delta` for the rule's number of generations. */
  add(generation: number, median: number): boolean {
    const nines = toNines(median);
    if (nines > this.#best && nines >= this.#best + this.#rule.delta) {
      this.#best = nines;
      this.#bestGeneration = generation;
    }
    return generation - this.#bestGeneration >= this.#rule.generations;
  }
}
