/**
 * What a search has found since its last checkpoint: each niche's holders in the order in which they took it, the
 * statistics of every generation, and each genome once. Holders that lost their niche again are kept, since they are parents.
 */
import type { GenerationStatistics } from "@pareidolia/core/generationStatistics";
import type { Elite } from "@pareidolia/evolution/lineage";
import type { GenerationResult } from "@pareidolia/evolution/mapElites";

export interface FoundElite {
  readonly niche: number;
  readonly elite: Elite<unknown>;
  readonly replacedAt: number | null;
}

export interface Found {
  readonly statistics: readonly GenerationStatistics[];
  readonly elites: readonly FoundElite[];
  /** Those of `elites` without repetition, by birth. */
  readonly genomes: readonly Elite<unknown>[];
}

export class FoundSince {
  #statistics: GenerationStatistics[] = [];
  #elites: FoundElite[] = [];
  readonly #current = new Map<number, number>();

  add({ statistics, replacements }: GenerationResult<unknown>): void {
    this.#statistics.push(statistics);
    for (const { niche, elite } of replacements) {
      const earlier = this.#current.get(niche);
      if (earlier !== undefined) this.#elites[earlier] = { ...(this.#elites[earlier] as FoundElite), replacedAt: elite.generation };
      this.#current.set(niche, this.#elites.length);
      this.#elites.push({ niche, elite, replacedAt: null });
    }
  }

  /** Hands over what there is and begins anew. */
  take(): Found {
    const elites = this.#elites;
    const genomes = new Map(elites.map(({ elite }) => [`${elite.generation}:${elite.index}`, elite]));
    const found = { statistics: this.#statistics, elites, genomes: [...genomes.values()] };
    this.#statistics = [];
    this.#elites = [];
    this.#current.clear();
    return found;
  }
}
