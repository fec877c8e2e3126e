/**
 * The control without evolution: every generation is new random individuals, and each niche keeps the best of all. What it
 * reaches is what the network says of noise alone, and what selection and inheritance have to beat.
 */
import { randomIndividuals } from "./emitters/randomIndividuals.ts";
import { MapElites, type MapElitesOptions } from "./mapElites.ts";

export function createRandomNoise<G>(options: Omit<MapElitesOptions<G>, "emitter">): MapElites<G> {
  return new MapElites({ ...options, emitter: randomIndividuals });
}
