/**
 * Mutates each gene with a fixed probability, by polynomial mutation. Instead of one draw per gene, it draws the distance to the next
 * mutated gene: the same distribution with a tenth of the draws.
 * The paper also halves the rate every 1000 generations in its ImageNet runs. The released code does not, and neither does this one.
 */
import type { Random } from "@pareidolia/core/random";
import { polynomialMutation } from "../polynomialMutation.ts";
import { geometricSkip } from "./geometricSkip.ts";

/** Creates the mutation for a fixed rate and eta. It returns a copy, which reuses `spare` if that has the genome's length. */
export function geneMutation(rate: number, eta: number): (genome: Float32Array, random: Random, spare?: Float32Array) => Float32Array {
  const mutateGene = polynomialMutation(eta);
  const next = rate >= 1 ? () => 0 : geometricSkip(rate);
  return (genome, random, spare) => {
    const reused = spare?.length === genome.length;
    const child = reused ? spare : genome.slice();
    if (reused) child.set(genome);
    for (let i = next(random); i < child.length; i += 1 + next(random)) child[i] = mutateGene(child[i] as number, random);
    return child;
  };
}
