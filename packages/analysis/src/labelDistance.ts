/**
 * Whether classes whose elites share descent stand close to one another in the list of labels (the paper, section 3.4: one lineage serves
 * three lizards, another three small dogs). ImageNet's class numbers follow its tree of concepts, so that near numbers are near concepts;
 * in a list that follows nothing, a distance says nothing.
 */
import { type DescentNode, visitNichePairs } from "./nichePairs.ts";
import type { Relatedness } from "./phylogeny.ts";
import { quantileOfCounts } from "./quantile.ts";

/** How far apart two classes stand in the list of labels. */
export function labelDistance(first: number, second: number): number {
  return Math.abs(first - second);
}

/** Pairs of niches, and the quartiles of their label distance: null where there is no pair. */
export interface LabelDistances {
  readonly pairs: number;
  readonly distance: { readonly lower: number; readonly median: number; readonly upper: number } | null;
}

export interface RelatednessBand extends LabelDistances {
  /** For people. */
  readonly label: string;
}

export interface SharedDescent {
  /** How many are held now. */
  readonly niches: number;
  /** The least related first. */
  readonly bands: readonly RelatednessBand[];
  /**
   * The control: every two niches that are held now. Had labels been dealt to the elites at random, each band would be expected to look
   * like this.
   */
  readonly all: LabelDistances;
  /** The most related pairs that share any ancestor, ties by niche. */
  readonly closest: readonly Relatedness[];
}

/** The ends of the bands between the first and the last, quarters of 1. */
const bandLabels = ["no ancestor shared", "up to .25", "over .25 to .5", "over .5 to .75", "over .75", "one elite"] as const;

function bandOf(relatedness: number): number {
  return relatedness === 1 ? bandLabels.length - 1 : Math.ceil(relatedness * 4);
}

/**
 * Over every two niches that are held now, in time that grows with these pairs and memory that grows with the niches.
 * @param closest at most how many of the most related pairs are kept.
 */
export function summariseSharedDescent(nodes: readonly DescentNode[], { closest }: { readonly closest: number }): SharedDescent {
  const held = nodes.flatMap(({ current }) => current);
  const distances = held.reduce((most, niche) => Math.max(most, niche), 0) + 1;
  const counts = bandLabels.map(() => new Float64Array(distances));
  const best = new ClosestPairs(closest);
  visitNichePairs(nodes, (first, second, relatedness) => {
    const band = counts[bandOf(relatedness)] as Float64Array;
    const distance = labelDistance(first, second);
    band[distance] = (band[distance] as number) + 1;
    if (relatedness > 0) best.offer(first, second, relatedness);
  });
  const all = new Float64Array(distances);
  for (const band of counts) for (const [distance, pairs] of band.entries()) all[distance] = (all[distance] as number) + pairs;
  return {
    niches: held.length,
    bands: counts.map((band, i) => ({ label: bandLabels[i] as string, ...summarise(band) })),
    all: summarise(all),
    closest: best.take(),
  };
}

/** Of `counts[d]` pairs with the label distance d. */
function summarise(counts: Float64Array): LabelDistances {
  const pairs = counts.reduce((sum, count) => sum + count, 0);
  if (pairs === 0) return { pairs, distance: null };
  const quartile = (probability: number): number => quantileOfCounts(counts, probability);
  return { pairs, distance: { lower: quartile(0.25), median: quartile(0.5), upper: quartile(0.75) } };
}

function compare(a: Relatedness, b: Relatedness): number {
  return b.relatedness - a.relatedness || a.first - b.first || a.second - b.second;
}

/** The best of any number of pairs, of which never more than twice as many as are wanted are kept. */
class ClosestPairs {
  readonly #most: number;
  #pairs: Relatedness[] = [];
  #worst: Relatedness | null = null;

  constructor(most: number) {
    this.#most = most;
  }

  offer(first: number, second: number, relatedness: number): void {
    const worst = this.#worst;
    if (worst !== null && relatedness < worst.relatedness) return;
    const pair = { first, second, relatedness };
    if (worst !== null && compare(pair, worst) > 0) return;
    this.#pairs.push(pair);
    if (this.#pairs.length < this.#most * 2) return;
    this.#pairs = this.take();
    this.#worst = this.#pairs.at(-1) ?? null;
  }

  take(): Relatedness[] {
    return this.#pairs.sort(compare).slice(0, this.#most);
  }
}
