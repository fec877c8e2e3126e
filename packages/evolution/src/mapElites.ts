/**
 * MAP-Elites over the classes of a network (Nguyen, Yosinski and Clune 2015, section 2.2; released code, map_elite.hpp).
 * Ask/tell interface: the caller evaluates. Batch-synchronous: the archive changes only after a whole generation is scored.
 * Generation 0 has as many random individuals as later generations have offspring (200 / 200 in the paper).
 * Randomness is addressed by (seed, generation, index), so any part of a generation can be computed anywhere, any number of times.
 */
import { AppError } from "@pareidolia/core/appError";
import type { Scores } from "@pareidolia/core/classifier";
import type { Encoding } from "@pareidolia/core/encoding";
import type { SearchStatistics } from "@pareidolia/core/generationStatistics";
import { EliteTable, isProbability } from "./archives/eliteTable.ts";
import type { InsertionRule } from "./archives/insertionRule.ts";
import { getInsertionRule, type InsertionId } from "./archives/registry.ts";
import type { Emitter } from "./emitters/emitter.ts";
import { randomIndividuals } from "./emitters/randomIndividuals.ts";
import { uniformPairs } from "./emitters/uniformPairs.ts";
import type { Elite, Individual } from "./lineage.ts";
import { archiveStatistics } from "./statistics.ts";

export interface MapElitesOptions<G> {
  readonly encoding: Encoding<G>;
  readonly niches: number;
  /** Integer in [0, 2^31 - 1]. */
  readonly seed: number;
  /** Individuals per generation, including the random generation 0. */
  readonly offspring: number;
  readonly insertion: InsertionId;
  /** Emitter of the generations after 0. Default: the paper's `uniformPairs`. */
  readonly emitter?: Emitter;
}

/** A niche whose elite changed in a generation, with the elites before and after it. */
export interface Replacement<G> {
  readonly niche: number;
  readonly previous: Elite<G> | null;
  readonly elite: Elite<G>;
}

export interface GenerationResult<G> {
  readonly statistics: SearchStatistics;
  /** In niche order, at most one per niche. `statistics.jumps` also counts elites replaced within the generation. */
  readonly replacements: readonly Replacement<G>[];
}

export interface Checkpoint<G> {
  /** The last completed generation; -1 before the first. */
  readonly generation: number;
  readonly evaluations: number;
  readonly elites: readonly (Elite<G> | null)[];
}

function requireInteger(name: string, value: number, minimum: number, maximum: number): void {
  if (!Number.isInteger(value) || value < minimum || value > maximum)
    throw new AppError("INVALID_INPUT", `${name} must be a whole number from ${minimum} to ${maximum}.`, { field: name });
}

export class MapElites<G> {
  readonly offspring: number;
  readonly niches: number;
  readonly #encoding: Encoding<G>;
  readonly #seed: number;
  readonly #insertion: InsertionRule;
  readonly #emitter: Emitter;
  readonly #table: EliteTable<G>;
  #occupants: readonly Elite<G>[] = [];
  #generation = -1;
  #evaluations = 0;

  /** @throws AppError INVALID_INPUT with the option that is out of bounds as `field`. */
  constructor(options: MapElitesOptions<G>) {
    requireInteger("seed", options.seed, 0, 2 ** 31 - 1);
    requireInteger("offspring", options.offspring, 1, 1_000_000);
    requireInteger("niches", options.niches, 1, 1_000_000);
    this.offspring = options.offspring;
    this.niches = options.niches;
    this.#encoding = options.encoding;
    this.#seed = options.seed;
    this.#insertion = getInsertionRule(options.insertion);
    this.#emitter = options.emitter ?? uniformPairs;
    this.#table = new EliteTable(options.niches);
  }

  /** The last completed generation; -1 before the first. */
  get generation(): number {
    return this.#generation;
  }

  get evaluations(): number {
    return this.#evaluations;
  }

  /** The elites by niche. A copy, so later generations do not change it. */
  get elites(): readonly (Elite<G> | null)[] {
    return [...this.#table.elites];
  }

  /** The individuals of the next generation. Depends only on the archive, the seed and the generation. */
  ask(): readonly Individual<G>[] {
    return this.askRange(0, this.offspring);
  }

  /**
   * The individuals of the next generation with `from` <= index < `to`, so that one part can be evaluated while the next is bred. New
   * genomes may reuse the memory of `spares`, which must no longer be in use.
   */
  askRange(from: number, to: number, spares?: G[]): readonly Individual<G>[] {
    const generation = this.#generation + 1;
    const emitter = generation === 0 ? randomIndividuals : this.#emitter;
    return emitter.emit({ encoding: this.#encoding, seed: this.#seed, generation, occupants: this.#occupants, spares }, from, to);
  }

  /**
   * Completes the generation. `batch` is the whole generation in any order, and `scores` has a row for each of its individuals.
   * @throws AppError INVALID_INPUT, leaving the archive unchanged, for another or an incomplete generation or a score that is no
   * probability.
   */
  tell(batch: readonly Individual<G>[], scores: Scores): GenerationResult<G> {
    const rows = this.#rowsInOrder(batch, scores);
    const before = new Map<number, Elite<G> | null>();
    let jumps = 0;
    const snapshot = [...this.#table.elites];
    const replaced = (niche: number) => {
      before.set(niche, snapshot[niche] as Elite<G> | null);
    };
    for (const row of rows) {
      const individual = batch[row] as Individual<G>;
      jumps += this.#insertion.insert(this.#table, individual, scores.probabilities, row * this.niches, replaced);
    }
    this.#generation++;
    this.#evaluations += batch.length;
    this.#occupants = this.#table.elites.filter((elite) => elite !== null);
    const replacements = [...before.entries()]
      .sort(([a], [b]) => a - b)
      .map(([niche, previous]) => ({ niche, previous, elite: this.#table.elites[niche] as Elite<G> }));
    const statistics = archiveStatistics({
      generation: this.#generation,
      evaluations: this.#evaluations,
      jumps,
      elites: this.#table.elites,
    });
    return { statistics, replacements };
  }

  /**
   * Resumes from a checkpoint. Later generations are the same as without an interruption.
   * @throws AppError CORRUPT_DATA, leaving the search unchanged, for a checkpoint that this search cannot have written.
   */
  restore({ generation, evaluations, elites }: Checkpoint<G>): void {
    if (!Number.isInteger(generation) || generation < -1 || evaluations !== (generation + 1) * this.offspring)
      throw new AppError("CORRUPT_DATA", `This search cannot have ${evaluations} evaluations at generation ${generation}.`);
    if (generation >= 0 && elites.every((elite) => elite === null))
      throw new AppError("CORRUPT_DATA", `The checkpoint of generation ${generation} has no elites.`);
    for (const elite of elites)
      if (elite !== null && (elite.generation > generation || elite.index >= this.offspring))
        throw new AppError(
          "CORRUPT_DATA",
          `The checkpoint of generation ${generation} has an impossible elite ${elite.generation}:${elite.index}.`,
        );
    this.#table.restore(elites);
    this.#occupants = elites.filter((elite) => elite !== null);
    this.#generation = generation;
    this.#evaluations = evaluations;
  }

  /** The batch's rows by the individuals' index, so `tell` compares in the same order however the results arrived. */
  #rowsInOrder(batch: readonly Individual<G>[], { count, classes, probabilities }: Scores): Int32Array {
    const generation = this.#generation + 1;
    if (batch.length !== this.offspring || count !== batch.length || classes !== this.niches || probabilities.length !== count * classes)
      throw new AppError(
        "INVALID_INPUT",
        `Expected ${this.offspring} individuals x ${this.niches} classes, got ${batch.length} with scores ${count} x ${classes}.`,
      );
    for (const probability of probabilities)
      if (!isProbability(probability)) throw new AppError("INVALID_INPUT", `A score is ${probability}, which is not a probability.`);
    const rows = new Int32Array(batch.length).fill(-1);
    for (const [row, individual] of batch.entries()) {
      if (individual.generation !== generation || rows[individual.index] !== -1)
        throw new AppError(
          "INVALID_INPUT",
          `Individual ${individual.generation}:${individual.index} is duplicated or not part of generation ${generation}.`,
        );
      rows[individual.index] = row;
    }
    return rows;
  }
}
