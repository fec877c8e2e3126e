/**
 * Ancestry of individuals. An individual is identified by its birth: (generation, index) within a run.
 * Only individuals whose genes a child can hold count as its parents. Without crossover, the child receives the same genome object as
 * one parent, so it has one parent, as in the released code's lineage file.
 */

export interface GenomeAddress {
  readonly generation: number;
  readonly index: number;
}

export interface Individual<G> extends GenomeAddress {
  readonly genome: G;
  /** Empty in generation 0; otherwise one or two. The first is the one that the child derives from. */
  readonly parents: readonly GenomeAddress[];
}

/** An individual that holds a niche. Individuals compete only at birth, so it took the niche in its own `generation`. */
export interface Elite<G> extends Individual<G> {
  readonly fitness: number;
}

export function sameAddress(a: GenomeAddress, b: GenomeAddress): boolean {
  return a.generation === b.generation && a.index === b.index;
}

/** Orders individuals by birth: negative if `a` was born first. */
export function compareBirth(a: GenomeAddress, b: GenomeAddress): number {
  return a.generation - b.generation || a.index - b.index;
}

/** The parents of a child. `child` is the genome that crossover returned, before mutation. */
export function parentsOf<G>(child: G, first: Individual<G>, second: Individual<G>): readonly GenomeAddress[] {
  const a: GenomeAddress = { generation: first.generation, index: first.index };
  if (child === first.genome || sameAddress(first, second)) return [a];
  const b: GenomeAddress = { generation: second.generation, index: second.index };
  return child === second.genome ? [b] : [a, b];
}
