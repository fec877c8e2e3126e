/**
 * Polynomial mutation of each gene with one probability. Instead of asking every gene, the distance to the next mutated one
 * is drawn: the same distribution for a tenth of the draws.
 * The paper also halves the rate every 1000 generations of its ImageNet runs. Nothing in the released code does so, and a
 * genome does not know its generation: the rate stays what it is.
 */
import type { Random } from "@pareidolia/core/random";
import { polynomialMutation } from "../polynomialMutation.ts";
import { geometricSkip } from "./geometricSkip.ts";

/** Makes the mutation for a fixed rate and eta. It returns a copy, in `spare` when that is of the genome's length. */
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
