/** The hash chain of an evolution, extended by each checkpoint from the genomes' hashes that it stores anyway. */

import { type HashedElite, serialiseGeneration } from "@pareidolia/core/generationBytes";
import { nextOfChain } from "@pareidolia/core/hashChain";
import { sha256 } from "./sha256.ts";

/** The hash of the generation's new elites, which are in niche order. */
export function hashGeneration(elites: readonly HashedElite[]): string {
  return sha256(serialiseGeneration(elites));
}

/**
 * The chain's hash of each generation from the one after `previous` to the last.
 * @param previous the hash of the generation before the first; null in a run that began before there was a chain, which then has none.
 */
export function chainGenerations(
  previous: string | null,
  generations: readonly number[],
  elites: readonly HashedElite[],
): readonly (string | null)[] {
  if (previous === null) return generations.map(() => null);
  const byGeneration = new Map<number, HashedElite[]>();
  for (const elite of elites) {
    const born = byGeneration.get(elite.generation);
    if (born === undefined) byGeneration.set(elite.generation, [elite]);
    else born.push(elite);
  }
  let hash = previous;
  return generations.map((generation) => {
    hash = nextOfChain({ previous: hash, step: generation, content: hashGeneration(byGeneration.get(generation) ?? []) }, sha256);
    return hash;
  });
}
