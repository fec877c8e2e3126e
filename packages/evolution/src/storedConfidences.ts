/**
 * The confidences of an archive's stored images, generation by generation. Every elite is stored and scored, also one that was replaced
 * before the next checkpoint, so the statistics of every generation are those of stored images.
 */
import { foolingConfidence } from "@pareidolia/core/foolingConfidence";
import type { ConfidenceStatistics } from "@pareidolia/core/generationStatistics";
import { confidenceStatistics } from "./statistics.ts";

export interface StoredElite {
  readonly niche: number;
  /** The confidence in the niche's class on the decoded bytes of the stored image. */
  readonly storedFitness: number;
}

/** Index of the first value that is at least `value`; the number of values if none is. */
function firstFrom(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

export class StoredConfidences {
  /** 0 for an empty niche. */
  readonly #byNiche: Float64Array;
  /** The same values in ascending order. Kept in order, since sorting a thousand niches takes longer than some generations. */
  readonly #sorted: Float64Array;

  /** @param elites those of the archive, at most one a niche. */
  constructor(niches: number, elites: Iterable<StoredElite> = []) {
    this.#byNiche = new Float64Array(niches);
    this.#sorted = new Float64Array(niches);
    for (const elite of elites) this.place(elite);
  }

  /** Puts an elite into its niche. */
  place({ niche, storedFitness }: StoredElite): void {
    const sorted = this.#sorted;
    const from = firstFrom(sorted, this.#byNiche[niche] as number);
    const to = firstFrom(sorted, storedFitness);
    // The values between the old and the new one move by one place.
    if (to > from) sorted.copyWithin(from, from + 1, to);
    else sorted.copyWithin(to + 1, to, from);
    sorted[to > from ? to - 1 : to] = storedFitness;
    this.#byNiche[niche] = storedFitness;
  }

  get statistics(): ConfidenceStatistics {
    return confidenceStatistics(this.#byNiche, this.#sorted);
  }

  /** Niches with a confidence of at least .9999. */
  get foolingCount(): number {
    let count = 0;
    for (const value of this.#byNiche) if (value >= foolingConfidence) count++;
    return count;
  }
}
