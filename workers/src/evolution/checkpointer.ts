/**
 * Stores a run's progress beside the search: the search goes on while one checkpoint is under way, and never more than one.
 * Pictures first, then one fenced transaction; each is repeated while the store or Postgres is away.
 */

import { foolingConfidence } from "@pareidolia/core/foolingConfidence";
import type { Elite } from "@pareidolia/evolution/lineage";
import type { GenerationResult } from "@pareidolia/evolution/mapElites";
import { median } from "@pareidolia/evolution/statistics";
import type { Database, Transaction } from "@pareidolia/persistence/database";
import { type CheckpointInput, commitCheckpoint } from "@pareidolia/persistence/runs/commitCheckpoint";
import type { Lease } from "@pareidolia/persistence/runs/lease";
import { type RetryOptions, retrying } from "../retrying.ts";
import { type Found, FoundSince } from "./foundSince.ts";
import { hashArchive, type OpenSearch } from "./openSearch.ts";
import { type PictureStudio, storePictures } from "./storePictures.ts";

export type Outcome = NonNullable<CheckpointInput["outcome"]>;

export interface CheckpointerOptions extends OpenSearch {
  readonly database: Database;
  readonly lease: Lease;
  readonly leaseSeconds: number;
  readonly modelId: string;
  readonly studio: PictureStudio;
  readonly retry: RetryOptions;
  /** More to do in the transaction of the outcome, such as enqueuing a run that is handed back. */
  readonly onOutcome: (outcome: Outcome, transaction: Transaction) => Promise<void>;
}

interface Snapshot {
  readonly found: Found;
  readonly elites: readonly (Elite<unknown> | null)[];
  readonly expectedGeneration: number;
  readonly generation: number;
  readonly evaluations: number;
  readonly speed: number | null;
  readonly outcome: Outcome | null;
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
  async begin(outcome: Outcome | null = null): Promise<void> {
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

  #snapshot(outcome: Outcome | null): Snapshot {
    const { search } = this.#options;
    const seconds = this.secondsSince;
    const done = search.evaluations - this.#evaluations;
    const snapshot = {
      found: this.#found.take(),
      elites: search.elites,
      expectedGeneration: this.#generation,
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

  async #store({ found, elites, ...progress }: Snapshot): Promise<void> {
    const { encoding, database, lease, leaseSeconds, modelId, studio, retry, storedFitness, onOutcome } = this.#options;
    const genomes = await storePictures(found.genomes, studio);
    const probabilities = new Map(genomes.map((genome) => [`${genome.generation}:${genome.index}`, genome.probabilities]));
    const newElites = found.elites.map(({ niche, elite, replacedAt }) => {
      const stored = probabilities.get(`${elite.generation}:${elite.index}`)?.[niche] as number;
      storedFitness[niche] = stored;
      return { niche, generation: elite.generation, index: elite.index, fitness: elite.fitness, storedFitness: stored, replacedAt };
    });
    const input: CheckpointInput = {
      ...lease,
      ...progress,
      modelId,
      leaseSeconds,
      archiveHash: progress.generation < 0 ? null : hashArchive(elites, encoding),
      median: median(storedFitness),
      foolingCount: storedFitness.filter((fitness) => fitness >= foolingConfidence).length,
      statistics: found.statistics,
      genomes,
      elites: newElites,
    };
    const commit = () =>
      database.transaction(async (transaction) => {
        await commitCheckpoint(transaction, input);
        if (input.outcome !== null) await onOutcome(input.outcome, transaction);
      });
    await retrying(commit, retry);
  }
}
