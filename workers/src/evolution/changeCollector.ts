/**
 * Collects a search's changes since its last checkpoint: the new elites of each niche in order, the statistics of every generation, and
 * each genome once. Elites that have already been replaced are included, since they may be parents.
 */
import type { SearchStatistics } from "@pareidolia/core/generationStatistics";
import type { Elite } from "@pareidolia/evolution/lineage";
import type { GenerationResult } from "@pareidolia/evolution/mapElites";

export interface NewElite {
  readonly niche: number;
  readonly elite: Elite<unknown>;
  readonly replacedAt: number | null;
}

export interface ArchiveChanges {
  readonly statistics: readonly SearchStatistics[];
  readonly elites: readonly NewElite[];
  /** The distinct genomes of `elites`, in order of birth. */
  readonly genomes: readonly Elite<unknown>[];
}

export class ChangeCollector {
  #statistics: SearchStatistics[] = [];
  #elites: NewElite[] = [];
  /** Index in `#elites` of each niche's current elite. */
  readonly #current = new Map<number, number>();

  add({ statistics, replacements }: GenerationResult<unknown>): void {
    this.#statistics.push(statistics);
    for (const { niche, elite } of replacements) {
      const earlier = this.#current.get(niche);
      if (earlier !== undefined) this.#elites[earlier] = { ...(this.#elites[earlier] as NewElite), replacedAt: elite.generation };
      this.#current.set(niche, this.#elites.length);
      this.#elites.push({ niche, elite, replacedAt: null });
    }
  }

  /** Returns the collected changes and clears them. */
  take(): ArchiveChanges {
    const elites = this.#elites;
    const genomes = new Map(elites.map(({ elite }) => [`${elite.generation}:${elite.index}`, elite]));
    const changes = { statistics: this.#statistics, elites, genomes: [...genomes.values()] };
    this.#statistics = [];
    this.#elites = [];
    this.#current.clear();
    return changes;
  }
}
