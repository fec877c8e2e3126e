/**
 * Mantel's test (1967) by ranks: whether classes that are related by descent are also close by label, over all pairs of classes. The
 * pairs are not independent: they share classes, and an elite with a hundred classes relates thousands of pairs at once. So the class
 * numbers are permuted among the relations, which keeps the structure of the relations, and p is the share of permutations with a
 * correlation as strong. The test shows that descent and label are associated, not why.
 */
import { AppError } from "@pareidolia/core/appError";
import { labelDistance } from "./labelDistance.ts";
import { type DealOptions, dealStatistics, permutationP } from "./permutation.ts";
import type { Relatedness } from "./phylogeny.ts";
import { meanRanks } from "./rankCorrelation.ts";

export interface MantelResult {
  /** Spearman's correlation, over all pairs, of relatedness with label distance; negative if related classes are close. */
  readonly correlation: number;
  /** One-sided: share of permutations with a correlation as low, from 1 / (1 + deals) to 1. */
  readonly p: number;
}

/**
 * @param pairs all pairs of the classes, each once.
 * @throws AppError INVALID_INPUT for fewer than three classes or a missing pair.
 */
export function mantelTest(pairs: readonly Relatedness[], options: DealOptions): MantelResult {
  const found = new Set<number>();
  for (const { first, second } of pairs) found.add(first).add(second);
  const classes = [...found].sort((a, b) => a - b);
  if (pairs.length < 2 || pairs.length !== (classes.length * (classes.length - 1)) / 2)
    throw new AppError("INVALID_INPUT", "Mantel's test needs all pairs of at least three classes.");
  const related = centredRanks(pairs.map(({ relatedness }) => relatedness));
  const distances = pairs.map(({ first, second }) => labelDistance(first, second));
  const close = centredRanks(distances);
  const rankOfDistance = new Float64Array((classes.at(-1) as number) - (classes[0] as number) + 1);
  for (const [index, distance] of distances.entries()) rankOfDistance[distance] = close[index] as number;

  // Pairs of the most frequent rank (usually those that share no ancestor) can be skipped: subtracting that rank from all changes
  // nothing, since the centred distances of all pairs sum to 0 in every permutation.
  const base = mostFrequent(related);
  const relevant = [...related.keys()].filter((index) => related[index] !== base);
  const positionOf = new Map(classes.map((niche, position) => [niche, position]));
  const firsts = Uint32Array.from(relevant, (index) => positionOf.get((pairs[index] as Relatedness).first) as number);
  const seconds = Uint32Array.from(relevant, (index) => positionOf.get((pairs[index] as Relatedness).second) as number);
  const weights = Float64Array.from(relevant, (index) => (related[index] as number) - base);
  const covariance = (deal: Uint32Array): number => {
    const dealt = deal.map((position) => classes[position] as number);
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
  let [frequent, largest] = [0, 0];
  for (const [value, count] of counts) if (count > largest) [frequent, largest] = [value, count];
  return frequent;
}

function squares(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value * value, 0);
}
