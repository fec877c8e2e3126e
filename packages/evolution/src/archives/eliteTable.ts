/**
 * The archive's table: one elite per niche, one niche per class of the network. Insertion rules choose the niches for a child; the
 * table keeps the fitter individual. On equal fitness the one born first stays, so the result is a maximum under a total order and
 * does not depend on the order of insertion.
 */
import { AppError } from "@pareidolia/core/appError";
import { compareBirth, type Elite, type Individual } from "../lineage.ts";

/** Allows for a softmax in single precision that slightly exceeds 1. */
export function isProbability(value: number): boolean {
  return value >= 0 && value <= 1.0001;
}

export class EliteTable<G> {
  readonly #elites: (Elite<G> | null)[];
  /** Fitness by niche. An empty niche has -1, which is below any probability, so any individual fills it. */
  readonly #fitness: Float64Array;

  constructor(niches: number) {
    this.#elites = new Array<Elite<G> | null>(niches).fill(null);
    this.#fitness = new Float64Array(niches).fill(-1);
  }

  get elites(): readonly (Elite<G> | null)[] {
    return this.#elites;
  }

  get fitness(): Readonly<Float64Array> {
    return this.#fitness;
  }

  /** Puts the individual into the niche if it beats the current elite. Returns whether it did. */
  offer(niche: number, individual: Individual<G>, fitness: number): boolean {
    const current = this.#fitness[niche] as number;
    if (fitness < current) return false;
    if (fitness === current && compareBirth(individual, this.#elites[niche] as Elite<G>) >= 0) return false;
    this.place(niche, {
      genome: individual.genome,
      generation: individual.generation,
      index: individual.index,
      parents: individual.parents,
      fitness,
    });
    return true;
  }

  /** Sets a niche unconditionally. */
  place(niche: number, elite: Elite<G> | null): void {
    this.#elites[niche] = elite;
    this.#fitness[niche] = elite === null ? -1 : elite.fitness;
  }

  /** @throws AppError CORRUPT_DATA, leaving the table unchanged, for another number of niches or a fitness that is no probability. */
  restore(elites: readonly (Elite<G> | null)[]): void {
    if (elites.length !== this.#elites.length)
      throw new AppError("CORRUPT_DATA", `The archive has ${this.#elites.length} niches, but the checkpoint has ${elites.length}.`);
    for (const [niche, elite] of elites.entries())
      if (elite !== null && !isProbability(elite.fitness))
        throw new AppError("CORRUPT_DATA", `The checkpoint's fitness in niche ${niche} is ${elite.fitness}, which is not a probability.`);
    for (const [niche, elite] of elites.entries()) this.place(niche, elite);
  }
}
