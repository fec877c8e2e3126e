/**
 * The paper's emitter (released code, map_elite.hpp). Both parents are drawn uniformly from the elites of all niches in niche order,
 * with duplicates, and may be the same. The pair is crossed, and both children are mutated.
 * Offspring 2j and 2j + 1 are a pair: selection and crossover draw from the random streams of index 2j, each mutation from its own.
 * With an odd number of offspring, the second child of the last pair is dropped.
 */
import { Purpose, Random } from "@pareidolia/core/random";
import { type Elite, type Individual, parentsOf } from "../lineage.ts";
import type { Emitter, EmitterContext } from "./emitter.ts";

function emitPair<G>(context: EmitterContext<G>, even: number): [Individual<G>, Individual<G>] {
  const { encoding, seed, generation, occupants, spares } = context;
  const selection = new Random({ seed, generation, index: even, purpose: Purpose.SELECT });
  const first = occupants[selection.below(occupants.length)] as Elite<G>;
  const second = occupants[selection.below(occupants.length)] as Elite<G>;
  const crossed = encoding.cross(first.genome, second.genome, new Random({ seed, generation, index: even, purpose: Purpose.CROSS }));
  const child = (genome: G, index: number, a: Elite<G>, b: Elite<G>): Individual<G> => ({
    genome: encoding.mutate(genome, new Random({ seed, generation, index, purpose: Purpose.MUTATE }), spares?.pop()),
    generation,
    index,
    parents: parentsOf(genome, a, b),
  });
  return [child(crossed[0], even, first, second), child(crossed[1], even + 1, second, first)];
}

export const uniformPairs: Emitter = {
  id: "uniform-pairs",
  emit(context, from, to) {
    const individuals = [];
    for (let even = from - (from % 2); even < to; even += 2)
      for (const individual of emitPair(context, even)) if (individual.index >= from && individual.index < to) individuals.push(individual);
    return individuals;
  },
};
