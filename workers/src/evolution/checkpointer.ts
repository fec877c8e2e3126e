/**
 * Stores an evolution's progress while the search continues, one checkpoint at a time. Images come first, then one fenced
 * transaction; each is repeated while the store or Postgres is unavailable.
 */
import { foolingConfidence } from "@pareidolia/core/foolingConfidence";
import type { Elite } from "@pareidolia/evolution/lineage";
import type { GenerationResult } from "@pareidolia/evolution/mapElites";
import { median } from "@pareidolia/evolution/statistics";
import { checkpointEventOf, writeGenerations } from "@pareidolia/persistence/generations/writeGenerations";
import type { RunOutcome } from "@pareidolia/persistence/runs/commitRun";
import type { RunSession } from "../runs/runSession.ts";
import { type Found, FoundSince } from "./foundSince.ts";
import { hashArchive, type OpenSearch } from "./openSearch.ts";
import { type ImageStudio, storeImages } from "./storeImages.ts";

export interface CheckpointerOptions extends OpenSearch {
  readonly session: RunSession<"evolution">;
  readonly studio: ImageStudio;
}

interface Snapshot {
  readonly found: Found;
  readonly elites: readonly (Elite<unknown> | null)[];
  /** The last generation of the checkpoint before; -1 before the first. */
  readonly after: number;
  readonly generation: number;
  readonly evaluations: number;
  readonly speed: number | null;
  readonly outcome: RunOutcome | null;
}

export class Checkpointer {
  readonly #options: CheckpointerOptions;
  readonly #found = new FoundSince();
  #generation: number;
  #evaluations: number;
  #since = performance.now();
  #underWay: Promise<void> | null = null;

  constructor(options: CheckpointerOptions) {
    this.#options = options;
    this.#generation = options.search.generation;
    this.#evaluations = options.search.evaluations;
  }

  /** Takes in a completed generation. */
  add(told: GenerationResult<unknown>): void {
    this.#found.add(told);
  }

  /** Since the last checkpoint was begun. */
  get secondsSince(): number {
    return (performance.now() - this.#since) / 1000;
  }

  get isUnderWay(): boolean {
    return this.#underWay !== null;
  }

  /** Begins a checkpoint of where the search is now. What goes wrong is thrown by `settled`, or by the next `begin`. */
  async begin(outcome: RunOutcome | null = null): Promise<void> {
    await this.settled();
    const storing = this.#store(this.#snapshot(outcome));
    this.#underWay = storing;
    storing.then(
      () => {
        this.#underWay = null;
      },
      () => undefined,
    );
  }

  /** Resolves when nothing is under way. */
  async settled(): Promise<void> {
    await this.#underWay;
  }

  #snapshot(outcome: RunOutcome | null): Snapshot {
    const { search } = this.#options;
    const seconds = this.secondsSince;
    const done = search.evaluations - this.#evaluations;
    const snapshot = {
      found: this.#found.take(),
      elites: search.elites,
      after: this.#generation,
      generation: search.generation,
      evaluations: search.evaluations,
      speed: done > 0 && seconds > 0 ? done / seconds : null,
      outcome,
    };
    this.#generation = search.generation;
    this.#evaluations = search.evaluations;
    this.#since = performance.now();
    return snapshot;
  }

  async #store({ found, elites, after, generation, evaluations, speed, outcome }: Snapshot): Promise<void> {
    const { encoding, session, studio, storedFitness } = this.#options;
    const { id: runId, modelId } = session.run;
    const genomes = await storeImages(found.genomes, studio);
    const probabilities = new Map(genomes.map((genome) => [`${genome.generation}:${genome.index}`, genome.probabilities]));
    const newElites = found.elites.map(({ niche, elite, replacedAt }) => {
      const stored = probabilities.get(`${elite.generation}:${elite.index}`)?.[niche] as number;
      storedFitness[niche] = stored;
      return { niche, generation: elite.generation, index: elite.index, fitness: elite.fitness, storedFitness: stored, replacedAt };
    });
    const generations = { runId, modelId, after, statistics: found.statistics, genomes, elites: newElites };
    await session.save({
      generations: { after, to: generation },
      evaluations,
      speed,
      median: median(storedFitness),
      foolingCount: storedFitness.filter((fitness) => fitness >= foolingConfidence).length,
      resultHash: generation < 0 ? null : hashArchive(elites, encoding),
      event: generation > after ? checkpointEventOf(generations, generation) : null,
      outcome,
      write: (connection) => writeGenerations(connection, generations),
    });
  }
}
