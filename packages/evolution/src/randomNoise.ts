/**
 * The control without evolution: every generation consists of new random individuals, and each niche keeps the best so far. Its
 * confidences are those of noise alone, which selection and inheritance have to beat.
 */
import { randomIndividuals } from "./emitters/randomIndividuals.ts";
import { MapElites, type MapElitesOptions } from "./mapElites.ts";

export function createRandomNoise<G>(options: Omit<MapElitesOptions<G>, "emitter">): MapElites<G> {
  return new MapElites({ ...options, emitter: randomIndividuals });
}
