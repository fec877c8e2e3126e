/**
 * Measures whether classes whose elites share descent are close in the list of labels (the paper, section 3.4: one lineage holds three
 * lizard classes, another three small dogs). ImageNet's class numbers follow its tree of concepts, so close numbers are similar
 * concepts. In an arbitrary order of labels, the distance is meaningless.
 */
import { type DescentNode, visitNichePairs } from "./nichePairs.ts";
import type { Relatedness } from "./phylogeny.ts";
import { quantileOfCounts } from "./quantile.ts";

/** Distance of two classes in the list of labels. */
export function labelDistance(first: number, second: number): number {
  return Math.abs(first - second);
}

/** A number of niche pairs, and the quartiles of their label distance; null without pairs. */
export interface LabelDistances {
  readonly pairs: number;
  readonly distance: { readonly lower: number; readonly median: number; readonly upper: number } | null;
}

export interface RelatednessBand extends LabelDistances {
  /** Display name. */
  readonly label: string;
}

export interface SharedDescent {
  /** Number of niches with an elite. */
  readonly niches: number;
  /** From the least to the most related. */
  readonly bands: readonly RelatednessBand[];
  /**
   * The control: all pairs of niches with an elite. If labels were assigned to the elites at random, each band would be expected to look
   * like this.
   */
  readonly all: LabelDistances;
  /** The most related pairs among those with a shared ancestor; ties are ordered by niche. */
  readonly closest: readonly Relatedness[];
}

/** Between the first and the last band, relatedness is divided into quarters. */
const bandLabels = ["no ancestor shared", "up to .25", "over .25 to .5", "over .5 to .75", "over .75", "one elite"] as const;

function bandOf(relatedness: number): number {
  return relatedness === 1 ? bandLabels.length - 1 : Math.ceil(relatedness * 4);
}

/**
 * Summarises all pairs of niches with an elite, in time linear in the pairs and memory linear in the niches.
 * @param closest maximum number of most related pairs to return.
 */
export function summariseSharedDescent(nodes: readonly DescentNode[], { closest }: { readonly closest: number }): SharedDescent {
  const niches = nodes.flatMap(({ current }) => current);
  const distances = niches.reduce((largest, niche) => Math.max(largest, niche), 0) + 1;
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
    niches: niches.length,
    bands: counts.map((band, i) => ({ label: bandLabels[i] as string, ...summarise(band) })),
    all: summarise(all),
    closest: best.take(),
  };
}

/** Summarises `counts[d]` pairs with label distance d. */
function summarise(counts: Float64Array): LabelDistances {
  const pairs = counts.reduce((sum, count) => sum + count, 0);
  if (pairs === 0) return { pairs, distance: null };
  const quartile = (probability: number): number => quantileOfCounts(counts, probability);
  return { pairs, distance: { lower: quartile(0.25), median: quartile(0.5), upper: quartile(0.75) } };
}

function compare(a: Relatedness, b: Relatedness): number {
  return b.relatedness - a.relatedness || a.first - b.first || a.second - b.second;
}

/** Collects the most related of any number of pairs. Never stores more than twice as many as requested. */
class ClosestPairs {
  readonly #maximum: number;
  #pairs: Relatedness[] = [];
  #worst: Relatedness | null = null;

  constructor(maximum: number) {
    this.#maximum = maximum;
  }

  offer(first: number, second: number, relatedness: number): void {
    const worst = this.#worst;
    if (worst !== null && relatedness < worst.relatedness) return;
    const pair = { first, second, relatedness };
    if (worst !== null && compare(pair, worst) > 0) return;
    this.#pairs.push(pair);
    if (this.#pairs.length < this.#maximum * 2) return;
    this.#pairs = this.take();
    this.#worst = this.#pairs.at(-1) ?? null;
  }

  take(): Relatedness[] {
    return this.#pairs.sort(compare).slice(0, this.#maximum);
  }
}
