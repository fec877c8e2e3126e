/**
 * One elite a niche, a niche being a class of the network. How a child is offered to the niches is an insertion rule's
 * matter; the table only keeps the better. Of two equally fit individuals the one born first stays, so the result is the
 * maximum under a total order and does not depend on who was offered first.
 */
import { AppError } from "@pareidolia/core/appError";
import { compareBirth, type Elite, type Individual } from "../lineage.ts";

/** A softmax in single precision may reach a little beyond 1. */
export function isProbability(value: number): boolean {
  return value >= 0 && value <= 1.0001;
}

export class EliteTable<G> {
  readonly #elites: (Elite<G> | null)[];
  /** Fitness by niche, -1 where it is empty: lower than any probability, so an empty niche is always filled. */
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

  /** Puts the individual into the niche if it is strictly fitter than the holder, and says whether it did. */
  offer(niche: number, individual: Individual<G>, fitness: number): boolean {
    const held = this.#fitness[niche] as number;
    if (fitness < held) return false;
    if (fitness === held && compareBirth(individual, this.#elites[niche] as Elite<G>) >= 0) return false;
    this.place(niche, {
      genome: individual.genome,
      generation: individual.generation,
      index: individual.index,
      parents: individual.parents,
      fitness,
    });
    return true;
  }

  /** Sets a niche whatever it held. */
  place(niche: number, elite: Elite<G> | null): void {
    this.#elites[niche] = elite;
    this.#fitness[niche] = elite === null ? -1 : elite.fitness;
  }

  /** @throws AppError CORRUPT_DATA, the table untouched, when the elites are not those of an archive of this size. */
  restore(elites: readonly (Elite<G> | null)[]): void {
    if (elites.length !== this.#elites.length)
      throw new AppError("CORRUPT_DATA", `The archive has ${this.#elites.length} niches, the checkpoint ${elites.length}.`);
    for (const [niche, elite] of elites.entries())
      if (elite !== null && !isProbability(elite.fitness))
        throw new AppError("CORRUPT_DATA", `The checkpoint's fitness in niche ${niche} is ${elite.fitness}, no probability.`);
    for (const [niche, elite] of elites.entries()) this.place(niche, elite);
  }
}
