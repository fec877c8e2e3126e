/**
 * The places in a session of the trials that are not votes. Gold and noise come at a rate that decays with the number of counted trials, as
 * 1 / (1 + t / decay): attention is checked early, and the voter is interrupted less later. Canaries come at a constant rate. Each place is
 * drawn within its own stratum of the rate, so the number of trials is fixed and the places are unpredictable.
 */
import type { Random } from "@pareidolia/core/random";

/**
 * @param counted number of counted trials.
 * @param extras number of trials to place.
 * @param decay number of counted trials after which the rate has halved; null for a constant rate.
 * @returns for each extra trial, the number of counted trials before it, in ascending order.
 */
export function catchPlaces(counted: number, extras: number, decay: number | null, random: Random): number[] {
  // Sums and quotients only, whose bits the standard fixes: every JavaScript engine computes the same places.
  const ends = new Float64Array(counted + 1);
  let total = 0;
  for (let t = 0; t <= counted; t++) {
    total += decay === null ? 1 : 1 / (1 + t / decay);
    ends[t] = total;
  }
  let t = 0;
  return Array.from({ length: extras }, (_, index) => {
    const point = ((index + random.uniform()) / extras) * total;
    while (t < counted && (ends[t] as number) <= point) t++;
    return t;
  });
}
