/**
 * Mantel's test (1967) by ranks: whether classes that are related in one way lie close in another, over all pairs of classes. Pairs share
 * classes, and an elite that holds a hundred classes relates thousands of pairs at once, so they count for far less than their number:
 * the class numbers are dealt anew among the same relations, which keeps each relation's shape, and p is the share of deals that look as
 * related. It says that descent and label go together, not why.
 */
import { AppError } from "@pareidolia/core/appError";
import { labelDistance } from "./labelDistance.ts";
import { type DealOptions, dealStatistics, permutationP } from "./permutation.ts";
import type { Relatedness } from "./phylogeny.ts";
import { meanRanks } from "./rankCorrelation.ts";

export interface MantelResult {
  /** Spearman's correlation over all pairs of relatedness with the distance of the two class numbers; negative where relatives are close. */
  readonly correlation: number;
  /** One-sided: share of deals with a correlation as low, from 1 / (1 + deals) to 1. */
  readonly p: number;
}

/**
 * @param pairs every two of the classes, once.
 * @throws AppError INVALID_INPUT for fewer than three classes, or a pair that is missing.
 */
export function mantelTest(pairs: readonly Relatedness[], options: DealOptions): MantelResult {
  const classes = [...new Set(pairs.flatMap(({ first, second }) => [first, second]))].sort((a, b) => a - b);
  if (pairs.length < 2 || pairs.length !== (classes.length * (classes.length - 1)) / 2)
    throw new AppError("INVALID_INPUT", "Mantel's test needs every two of at least three classes.");
  const related = centredRanks(pairs.map(({ relatedness }) => relatedness));
  const apart = pairs.map(({ first, second }) => labelDistance(first, second));
  const close = centredRanks(apart);
  const rankOfDistance = new Float64Array((classes.at(-1) as number) - (classes[0] as number) + 1);
  for (const [index, distance] of apart.entries()) rankOfDistance[distance] = close[index] as number;

  // The most frequent rank, as of pairs that share nothing, adds a constant: over all pairs a deal's centred distances sum to 0.
  const base = mostFrequent(related);
  const telling = [...related.keys()].filter((index) => related[index] !== base);
  const placeOf = new Map(classes.map((niche, place) => [niche, place]));
  const firsts = Uint32Array.from(telling, (index) => placeOf.get((pairs[index] as Relatedness).first) as number);
  const seconds = Uint32Array.from(telling, (index) => placeOf.get((pairs[index] as Relatedness).second) as number);
  const weights = Float64Array.from(telling, (index) => (related[index] as number) - base);
  const covariance = (deal: Uint32Array): number => {
    const dealt = deal.map((place) => classes[place] as number);
    let sum = 0;
    for (let i = 0; i < weights.length; i++) {
      const distance = labelDistance(dealt[firsts[i] as number] as number, dealt[seconds[i] as number] as number);
      sum += (weights[i] as number) * (rankOfDistance[distance] as number);
    }
    return sum;
  };
  const scale = Math.sqrt(squares(related) * squares(close));
  if (scale === 0) return { correlation: 0, p: 1 };
  const statistic = (deal: Uint32Array): number => covariance(deal) / scale;
  const correlation = statistic(Uint32Array.from(classes.keys()));
  return { correlation, p: permutationP(correlation, dealStatistics(classes.length, statistic, options), "less") };
}

function centredRanks(values: readonly number[]): Float64Array {
  const middle = (values.length + 1) / 2;
  return Float64Array.from(meanRanks(values), (rank) => rank - middle);
}

function mostFrequent(values: Float64Array): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  let [most, times] = [0, 0];
  for (const [value, count] of counts) if (count > times) [most, times] = [value, count];
  return most;
}

function squares(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value * value, 0);
}
