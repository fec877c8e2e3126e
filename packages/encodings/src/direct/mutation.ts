/**
 * Polynomial mutation of each gene with one probability. Instead of asking every gene, the distance to the next mutated one
 * is drawn from the geometric distribution, floor(log(1 - u) / log(1 - rate)): the same distribution for a tenth of the draws.
 * The paper also halves the rate every 1000 generations of its ImageNet runs. Nothing in the released code does so, and a
 * genome does not know its generation: the rate stays what it is.
 */
import type { Random } from "@pareidolia/core/random";
import { logarithm } from "../elementary.ts";
import { polynomialMutation } from "../polynomialMutation.ts";

/** Makes the mutation for a fixed rate and eta. It returns a copy. */
export function geneMutation(rate: number, eta: number): (genome: Float32Array, random: Random) => Float32Array {
  const mutateGene = polynomialMutation(eta);
  const perLog = rate > 0 && rate < 1 ? 1 / logarithm(1 - rate) : 0;
  const next = rate >= 1 ? () => 0 : (random: Random) => Math.floor(logarithm(1 - random.uniform()) * perLog);
  return (genome, random) => {
    const child = genome.slice();
    if (rate <= 0) return child;
    for (let i = next(random); i < child.length; i += 1 + next(random)) child[i] = mutateGene(child[i] as number, random);
    return child;
  };
}
