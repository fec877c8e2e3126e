/**
 * Stores an evolution's progress while the search continues, one checkpoint at a time. Images come first, then one fenced
 * transaction; each is repeated while the store or Postgres is unavailable.
 */
import { type SearchStatistics, type StoredStatistics, withStored } from "@pareidolia/core/generationStatistics";
import type { Elite } from "@pareidolia/evolution/lineage";
import type { GenerationResult } from "@pareidolia/evolution/mapElites";
import type { StoredConfidences, StoredElite } from "@pareidolia/evolution/storedConfidences";
import { checkpointEventOf, writeGenerations } from "@pareidolia/persistence/lab/generations/writeGenerations";
import type { NewGenome } from "@pareidolia/persistence/lab/genomes/writeGenomes";
import type { RunOutcome } from "@pareidolia/persistence/lab/runs/commitRun";
import { chainGenerations } from "../hashChain/generationChain.ts";
import type { RunSession } from "../runs/runSession.ts";
import { type ArchiveChanges, ChangeCollector } from "./changeCollector.ts";
import { hashArchive, type OpenSearch } from "./openSearch.ts";
import { type StoreImagesOptions, storeImages } from "./storeImages.ts";

export interface CheckpointerOptions extends OpenSearch {
  readonly session: RunSession<"evolution">;
  readonly imageOptions: StoreImagesOptions;
  /** The hash before the next generation; null in a run that began before there was a hash chain. */
  readonly chainHash: string | null;
}

interface Snapshot {
  readonly changes: ArchiveChanges;
  readonly elites: readonly (Elite<unknown> | null)[];
  /** The last generation of the previous checkpoint; -1 before the first. */
  readonly after: number;
  readonly generation: number;
  readonly evaluations: number;
  readonly speed: number | null;
  readonly outcome: RunOutcome | null;
}

/**
 * Places the new elites generation by generation, and adds the statistics of the stored images after each generation.
 * @param elites in order of generations, as the search has placed them.
 */
function summarise(
  rows: readonly SearchStatistics[],
  elites: readonly (StoredElite & { readonly generation: number })[],
  stored: StoredConfidences,
): StoredStatistics[] {
  let next = 0;
  return rows.map((row) => {
    for (let elite = elites[next]; elite?.generation === row.generation; elite = elites[++next]) stored.place(elite);
    return withStored(row, stored.statistics);
  });
}

export class Checkpointer {
  readonly #options: CheckpointerOptions;
  readonly #changes = new ChangeCollector();
  #generation: number;
  #evaluations: number;
  #chainHash: string | null;
  #begunAt = performance.now();
  #pending: Promise<void> | null = null;

  constructor(options: CheckpointerOptions) {
    this.#options = options;
    this.#generation = options.search.generation;
    this.#evaluations = options.search.evaluations;
    this.#chainHash = options.chainHash;
  }

  /** Adds a completed generation to the next checkpoint. */
  add(result: GenerationResult<unknown>): void {
    this.#changes.add(result);
  }

  /** Seconds since the last checkpoint began. */
  get secondsSince(): number {
    return (performance.now() - this.#begunAt) / 1000;
  }

  get isPending(): boolean {
    return this.#pending !== null;
  }

  /** Begins a checkpoint of the search's current state. Its error is thrown by `settled`, or by the next `begin`. */
  async begin(outcome: RunOutcome | null = null): Promise<void> {
    await this.settled();
    const storing = this.#store(this.#snapshot(outcome));
    this.#pending = storing;
    storing.then(
      () => {
        this.#pending = null;
      },
      () => undefined,
    );
  }

  /** Resolves when no checkpoint is pending. */
  async settled(): Promise<void> {
    await this.#pending;
  }

  #snapshot(outcome: RunOutcome | null): Snapshot {
    const { search } = this.#options;
    const seconds = this.secondsSince;
    const done = search.evaluations - this.#evaluations;
    const snapshot = {
      changes: this.#changes.take(),
      elites: search.elites,
      after: this.#generation,
      generation: search.generation,
      evaluations: search.evaluations,
      speed: done > 0 && seconds > 0 ? done / seconds : null,
      outcome,
    };
    this.#generation = search.generation;
    this.#evaluations = search.evaluations;
    this.#begunAt = performance.now();
    return snapshot;
  }

  async #store({ changes, elites, after, generation, evaluations, speed, outcome }: Snapshot): Promise<void> {
    const { encoding, session, imageOptions, stored } = this.#options;
    const { id: runId, modelId } = session.run;
    const genomes = await storeImages(changes.genomes, imageOptions);
    const byAddress = new Map(genomes.map((genome) => [`${genome.generation}:${genome.index}`, genome]));
    const newElites = changes.elites.map(({ niche, elite: { generation, index, parents, fitness }, replacedAt }) => {
      const { sha256: genomeSha256, probabilities } = byAddress.get(`${generation}:${index}`) as NewGenome;
      return { niche, generation, index, parents, genomeSha256, fitness, storedFitness: probabilities[niche] as number, replacedAt };
    });
    const numbers = changes.statistics.map((row) => row.generation);
    const hashes = chainGenerations(this.#chainHash, numbers, newElites);
    const statistics = summarise(changes.statistics, newElites, stored).map((row, i) => ({
      ...row,
      chainHash: hashes[i] as string | null,
    }));
    const generations = { runId, modelId, after, statistics, genomes, elites: newElites };
    await session.save({
      generations: { after, to: generation },
      evaluations,
      speed,
      median: stored.statistics.median,
      foolingCount: stored.foolingCount,
      resultHash: generation < 0 ? null : hashArchive(elites, encoding),
      event: generation > after ? checkpointEventOf(generations, generation) : null,
      outcome,
      write: (connection) => writeGenerations(connection, generations),
    });
    this.#chainHash = hashes.at(-1) ?? this.#chainHash;
  }
}
