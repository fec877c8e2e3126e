/**
 * Who descends from whom. An individual is named by its birth: (generation, index) within one run.
 * Its parents are those whose genes it can hold: an encoding without crossover hands a parent's genome on as it is,
 * which is seen by identity, and such a child has one parent, as in the released code's lineage file.
 */

export interface GenomeAddress {
  readonly generation: number;
  readonly index: number;
}

export interface Individual<G> extends GenomeAddress {
  readonly genome: G;
  /** None in generation 0; else one or two, the first being the one that the child was made from. */
  readonly parents: readonly GenomeAddress[];
}

/** An individual that holds a niche. It was compared at birth only, so it took its niche in its own `generation`. */
export interface Elite<G> extends Individual<G> {
  readonly fitness: number;
}

export function sameAddress(a: GenomeAddress, b: GenomeAddress): boolean {
  return a.generation === b.generation && a.index === b.index;
}

/** Orders individuals by birth: negative when `a` was born first. */
export function compareBirth(a: GenomeAddress, b: GenomeAddress): number {
  return a.generation - b.generation || a.index - b.index;
}

/** The parents of `child`, as crossover returned it, before its mutation. */
export function parentsOf<G>(child: G, first: Individual<G>, second: Individual<G>): readonly GenomeAddress[] {
  const a: GenomeAddress = { generation: first.generation, index: first.index };
  if (child === first.genome || sameAddress(first, second)) return [a];
  const b: GenomeAddress = { generation: second.generation, index: second.index };
  return child === second.genome ? [b] : [a, b];
}
